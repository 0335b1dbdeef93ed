import { checkTemplates, type TemplateRow } from '../mapping/check-templates';
import { createTemplateBodies, loadDefinitions } from '../mapping/definitions';
import { createClient } from '../messlo/client';
import { createTemplate } from '../messlo/create-template';
import { findWaba, listTemplates } from '../messlo/templates';
import { formatProblems } from '../problem';
import { type CliOptions, load } from './load';
import { reasonOf } from '../reason-of';

/** Shows what the mappings need against what WhatsApp has approved; `push` creates what is missing. Exit 1 while something is not ready. */
export async function templates({ push, ...options }: CliOptions & { push: boolean }): Promise<void> {
	const { config, mappings } = await load(options);
	const { definitions, problems } = await loadDefinitions(config.messages);
	if (problems.length > 0) throw new Error(formatProblems(problems));
	const client = createClient(config.messlo);
	const wabaId = await findWaba(client, config.messlo.wabaId);
	const rows = async () => checkTemplates(mappings, definitions, await listTemplates(client, wabaId));

	let listed = await rows();
	const missing = listed.filter(({ state, defined }) => state === 'missing' && defined);
	if (push && missing.length > 0) {
		const headerSample = await ownSample(config.server.publicUrl);
		const bodies = definitions
			.flatMap((definition) =>
				createTemplateBodies(definition, { wabaId, ...(headerSample === undefined ? {} : { headerSample }) }),
			)
			.filter(({ template_name, language }) =>
				missing.some((row) => row.template === template_name && row.language === language),
			);
		for (const body of bodies) {
			const which = `${body.template_name} (${body.language})`;
			await createTemplate(client, { ...body }).then(
				() => process.stdout.write(`created   ${which}\n`),
				(error: unknown) => process.stdout.write(`refused   ${which}: ${reasonOf(error)}\n`),
			);
		}
		listed = await rows();
	}
	process.stdout.write(`${table(listed)}\n`);
	if (listed.some(({ ready }) => !ready)) process.exitCode = 1;
}

/** WhatsApp looks at a sample of the header while it approves; a running bridge serves one, made by the merchant's own layout. */
async function ownSample(publicUrl: string): Promise<string | undefined> {
	const url = `${publicUrl}/documents/sample-invoice.pdf`;
	const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) }).catch(() => undefined);
	return answer?.ok ? url : undefined;
}

function table(rows: readonly TemplateRow[]): string {
	const cells = rows.map(({ template, language, state, mappings, advice }) => [
		template,
		language,
		state,
		mappings.join(', '),
		advice,
	]);
	const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
	const lines = cells.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	const ready = rows.filter((row) => row.ready).length;
	return [...lines, '', `${ready} of ${rows.length} ready.`].join('\n');
}
