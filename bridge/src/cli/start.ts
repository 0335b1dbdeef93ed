import { redactedConfig } from '../config/redacted-config';
import { createLogger } from '../log';
import { startBridge } from '../main';
import { handBackMemory } from './hand-back-memory';
import { type CliOptions, load } from './load';

/** Runs until SIGINT or SIGTERM; then answers what is under way, lets sends end and closes the ledger. */
export async function start(options: CliOptions): Promise<void> {
	const { config, mappings, logLevel } = await load(options);
	const log = createLogger(logLevel);
	log.info({
		stage: 'starting',
		node: process.version,
		config: redactedConfig(config),
		mappings: mappings.map(({ name }) => name),
	});
	const bridge = await startBridge({ config, mappings, log });
	handBackMemory();
	log.info({ stage: 'ready', url: bridge.url, pid: process.pid });
	log.flush();

	let stopping = false;
	const stop = (signal: NodeJS.Signals) => {
		// Ctrl-C reaches the whole process group, and npm passes it on as well: the second one says nothing new.
		if (stopping) return;
		stopping = true;
		log.info({ stage: 'stopping', signal });
		bridge.stop().then(
			() => {
				log.info({ stage: 'stopped' });
				log.flush(() => process.exit(0));
			},
			(error: unknown) => {
				log.error({ err: error }, 'stopping failed');
				log.flush(() => process.exit(1));
			},
		);
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
}
