import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Problem } from '../problem';
import { problemsOf } from '../yaml/problems-of';
import { readYaml } from '../yaml/read-yaml';
import { checkBody, variableCount } from './check-body';
import type { Button, TemplateDefinition } from './definition';
import { definitionSchema } from './definition-schema';

export type DefinitionReading = { ok: true; definition: TemplateDefinition } | { ok: false; problems: Problem[] };

const EXAMPLE = 'templates/messages/checkout_invoice.template.yaml';

/** Reads every template definition of a folder (`*.template.yaml`). */
export async function loadDefinitions(
	dir: string,
): Promise<{ definitions: TemplateDefinition[]; problems: Problem[] }> {
	const names = (await readdir(dir)).filter((name) => name.endsWith('.template.yaml')).sort();
	const readings = await Promise.all(
		names.map(async (name) => readDefinition(join(dir, name), await readFile(join(dir, name), 'utf8'))),
	);
	return {
		definitions: readings.flatMap((reading) => (reading.ok ? [reading.definition] : [])),
		problems: readings.flatMap((reading) => (reading.ok ? [] : reading.problems)),
	};
}

/** Reads one definition and checks what WhatsApp would refuse; every problem at once. */
export function readDefinition(file: string, text: string): DefinitionReading {
	const yaml = readYaml(file, text);
	if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems };
	const parsed = definitionSchema.safeParse(yaml.value);
	if (!parsed.success) return { ok: false, problems: problemsOf(yaml, parsed.error, EXAMPLE) };
	const { template, category, header, description, languages } = parsed.data;
	const problems: Problem[] = [];
	if (basename(file, '.template.yaml') !== template)
		problems.push(
			yaml.problemAt(
				['template'],
				`'${template}' is defined in a file of another name`,
				`name the file ${template}.template.yaml`,
			),
		);
	for (const [language, { body, examples }] of Object.entries(languages)) {
		const at = (key: string) => ['languages', language, key];
		for (const { message, fix } of checkBody(body)) problems.push(yaml.problemAt(at('body'), message, fix));
		const count = variableCount(body);
		if (examples.length !== count)
			problems.push(
				yaml.problemAt(
					at('examples'),
					`has ${examples.length} samples for ${count} variables`,
					'write one sample for each variable, in their order',
				),
			);
	}
	if (problems.length > 0) return { ok: false, problems };
	return {
		ok: true,
		definition: {
			template,
			file,
			category,
			...(description === undefined ? {} : { description }),
			...(header ? { header } : {}),
			languages: Object.entries(languages).map(([language, { body, footer, examples, buttons }]) => ({
				language,
				body,
				...(footer === undefined ? {} : { footer }),
				examples,
				buttons,
			})),
		},
	};
}

/** A body of `POST /api/template/create`. */
export interface CreateTemplateBody {
	waba_id: string;
	template_name: string;
	category: string;
	language: string;
	message_body: string;
	footer_text?: string;
	header_url?: string;
	header_media_type?: 'document';
	variable_examples?: { key: string; example: string }[];
	buttons?: (
		| { type: 'quick_reply'; text: string }
		| { type: 'website'; text: string; website_url: string }
		| { type: 'phone_call'; text: string; phone_number: string }
	)[];
}

/** The requests that create a template, one a language. `headerSample` stands in for the definition's own sample PDF. */
export const createTemplateBodies = (
	definition: TemplateDefinition,
	{ wabaId, headerSample }: { wabaId: string; headerSample?: string },
): CreateTemplateBody[] =>
	definition.languages.map(({ language, body, footer, examples, buttons }) => ({
		waba_id: wabaId,
		template_name: definition.template,
		category: definition.category,
		language,
		message_body: body,
		...(footer === undefined ? {} : { footer_text: footer }),
		...(definition.header
			? { header_url: headerSample ?? definition.header.sample, header_media_type: 'document' as const }
			: {}),
		...(examples.length === 0
			? {}
			: { variable_examples: examples.map((example, index) => ({ key: String(index + 1), example })) }),
		...(buttons.length === 0 ? {} : { buttons: buttons.map(buttonBody) }),
	}));

function buttonBody(button: Button): NonNullable<CreateTemplateBody['buttons']>[number] {
	if ('reply' in button) return { type: 'quick_reply', text: button.reply };
	if ('url' in button) return { type: 'website', text: button.text, website_url: button.url };
	return { type: 'phone_call', text: button.text, phone_number: button.phone };
}
