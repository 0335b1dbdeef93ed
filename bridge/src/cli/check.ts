import { documentSettings } from '../config/document-settings';
import { createRenderer } from '../documents/renderer';
import { loadDefinitions } from '../mapping/definitions';
import { formatProblems } from '../problem';
import { type CliOptions, load } from './load';

/** Reads everything a person wrote and says what is wrong; nothing is started and nothing is sent. */
export async function check(options: CliOptions): Promise<void> {
	const { config, mappings } = await load(options);
	const { problems } = await loadDefinitions(config.messages);
	if (problems.length > 0) throw new Error(formatProblems(problems));
	createRenderer(documentSettings(config)).close();
	const lines = [
		`${config.file}: good`,
		`  ${config.sources.length} sources: ${config.sources.map(({ id, kind }) => `${id} (${kind})`).join(', ')}`,
		...config.sources.map(
			({ id, kind }) => `    webhook address of ${id}: ${config.server.publicUrl}/webhooks/${kind}/${id}`,
		),
		`  ${mappings.length} mappings: ${mappings.map(({ name, enabled }) => (enabled ? name : `${name} (off)`)).join(', ')}`,
		'Next: messlo-bridge templates   shows whether WhatsApp has approved what they need.',
	];
	process.stdout.write(`${lines.join('\n')}\n`);
}
