import type { CliOptions } from '../load';
import type { ConnectRoom, Draft } from './draft';
import { askGoogle } from './google';
import { askNewConfig } from './new-config';
import { configOf, findPlace, type Place, writePlace } from './place';
import { block, putSource } from './put-source';
import { createInterview } from './questions';
import { register, trySample } from './register';
import { askShopify } from './shopify';
import { createTerminal, Stopped, type Terminal } from './terminal';
import { askWooCommerce } from './woocommerce';

export const CONNECTIONS = { shopify: askShopify, woocommerce: askWooCommerce, google: askGoogle };
export type ConnectionKind = keyof typeof CONNECTIONS;

export interface ConnectOptions extends CliOptions {
	kind: ConnectionKind;
	/** Options of the command line, by their name without dashes. */
	flags: Readonly<Record<string, string | undefined>>;
	/** False: nothing is asked, every answer is a flag. */
	input: boolean;
	/** Every question of yes or no is answered yes. */
	yes: boolean;
}

const say = (text = '') => void process.stdout.write(`${text}\n`);

/** Guides a person through connecting a source. The files are written at the end, together, or not at all. */
export async function connect(options: ConnectOptions): Promise<void> {
	const place = await findPlace(options);
	let written = false;
	const interrupted = () => {
		say(
			`\nStopped. ${written ? 'The configuration is written; the rest can be done by running this again.' : 'Nothing was changed.'}`,
		);
		process.exit(130);
	};
	process.on('SIGINT', interrupted);
	const terminal = options.input ? createTerminal({ input: process.stdin, output: process.stdout }) : undefined;
	try {
		const { config, draft } = await ask(options, place, terminal);
		written = true;
		const source = config.sources.find(({ id }) => id === draft.source.id);
		const registered = await register(say, config, draft.source);
		const arrived = source === undefined || (await trySample(say, config, source));
		say(`\n${next(place, draft, registered && arrived)}`);
	} finally {
		process.off('SIGINT', interrupted);
		terminal?.close();
	}
}

async function ask(options: ConnectOptions, place: Place, terminal: Terminal | undefined) {
	const { kind, flags, yes } = options;
	const given = (flag: string, secret: boolean) => (secret ? options.variables[flag] || undefined : flags[flag]);
	const interview = createInterview({ ...(terminal ? { terminal } : {}), say, given, yes });
	const room: ConnectRoom = {
		place,
		interview,
		defaults: place.config?.defaults ?? { timezone: 'UTC' },
		flag: (name) => flags[name],
	};
	const base = place.text === undefined ? await askNewConfig(room) : { text: place.text, secrets: {} };
	if ('country' in base && base.country !== undefined) room.defaults = { ...room.defaults, country: base.country };
	const draft = await CONNECTIONS[kind](room);
	const secrets = { ...base.secrets, ...draft.secrets };
	const text = putSource(base.text, draft.written);
	const config = configOf(place, text, secrets);

	say(`\n${place.file}`);
	say(
		block(
			Object.entries(draft.written).filter(([, value]) => value !== undefined),
			'  ',
		),
	);
	if (Object.keys(secrets).length > 0)
		say(`${place.envFile} (only you can read it)\n  ${Object.keys(secrets).join(', ')}`);
	if (text === place.text && Object.keys(secrets).length === 0)
		say('  ✓ nothing to change: it is written like this already');
	else {
		if (!(await interview.confirm('write', 'Write this?'))) throw new Stopped('Nothing was changed.');
		await writePlace(place, text, secrets);
		say('  ✓ written');
	}
	for (const [name, value] of Object.entries(secrets))
		if (place.own[name] && place.own[name] !== value)
			say(`  ! ${name} is also set in your environment, to something else, and that one wins. Unset it.`);
	return { config, draft };
}

function next({ file }: Place, { source }: Draft, done: boolean): string {
	const config = file === 'messlo-bridge.yaml' ? '' : ` --config ${file}`;
	return [
		done ? `${source.id} is connected. Next:` : 'Next:',
		`  messlo-bridge dry-run --source ${source.id}${config}    shows what would be sent; sends nothing`,
		`  messlo-bridge start${config}    sends`,
	].join('\n');
}
