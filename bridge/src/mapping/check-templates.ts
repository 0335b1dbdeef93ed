import type { TemplateDefinition } from './definition';
import type { Mapping } from './mapping';

/** A template as the API lists it; what the API does not say is absent. */
export interface ApiTemplate {
	name: string;
	language: string;
	/** As the API writes it: approved, APPROVED, pending … */
	status: string;
	variables?: number;
	header?: 'none' | 'text' | 'document' | 'image' | 'video';
	/** Why WhatsApp rejected it. */
	rejection?: string;
}

export const TEMPLATE_STATES = [
	'approved',
	'pending',
	'rejected',
	'paused',
	'missing',
	'wrong variable count',
	'wrong header kind',
] as const;
export type TemplateState = (typeof TEMPLATE_STATES)[number];

/** What mappings need of one template in one language, against what the API has. */
export interface TemplateRow {
	template: string;
	language: string;
	/** Names of the mappings that need it. */
	mappings: string[];
	state: TemplateState;
	/** Whether messages can be sent with it now. */
	ready: boolean;
	/** Whether a definition is there that `--push` could create it from. */
	defined: boolean;
	/** What to do. */
	advice: string;
}

interface Need {
	template: string;
	language: string;
	mappings: Mapping[];
}

/** One row for each template and language that switched-on mappings can ask for. */
export const checkTemplates = (
	mappings: readonly Mapping[],
	definitions: readonly TemplateDefinition[],
	listed: readonly ApiTemplate[],
): TemplateRow[] =>
	needsOf(mappings, definitions).map((need) => {
		const defined = definitions.some(
			({ template, languages }) =>
				template === need.template && languages.some(({ language }) => language === need.language),
		);
		const found = listed.find(({ name, language }) => name === need.template && language === need.language);
		const state = stateOf(need, found);
		return {
			template: need.template,
			language: need.language,
			mappings: need.mappings.map(({ name }) => name),
			state,
			ready: state === 'approved',
			defined,
			advice: adviceOn(state, need, defined, found?.rejection),
		};
	});

/** Languages that a mapping names, and those its definition offers. */
function needsOf(mappings: readonly Mapping[], definitions: readonly TemplateDefinition[]): Need[] {
	const needs = new Map<string, Need>();
	for (const mapping of mappings.filter(({ enabled }) => enabled)) {
		const { template, language } = mapping;
		const offered =
			definitions.find((each) => each.template === template)?.languages.map((each) => each.language) ?? [];
		for (const code of new Set([
			language.fallback,
			...Object.values(language.use),
			...(language.from ? offered : []),
		])) {
			const key = `${template} ${code}`;
			const need = needs.get(key) ?? { template, language: code, mappings: [] };
			need.mappings.push(mapping);
			needs.set(key, need);
		}
	}
	return [...needs.values()];
}

function stateOf({ mappings }: Need, found: ApiTemplate | undefined): TemplateState {
	if (!found) return 'missing';
	const status = found.status.toLowerCase();
	if (status === 'rejected' || status === 'disabled') return 'rejected';
	if (status === 'paused') return 'paused';
	if (status !== 'approved' && status !== 'active') return 'pending';
	if (found.variables !== undefined && mappings.some(({ variables }) => variables.length !== found.variables))
		return 'wrong variable count';
	const kind = found.header;
	const media = kind !== 'none' && kind !== 'text';
	const wrong = mappings.some(({ header }) =>
		header === undefined ? media : 'document' in header ? kind !== 'document' : !media,
	);
	return kind !== undefined && wrong ? 'wrong header kind' : 'approved';
}

function adviceOn(
	state: TemplateState,
	{ template, language, mappings }: Need,
	defined: boolean,
	rejection: string | undefined,
): string {
	const which = `'${template}' (${language})`;
	switch (state) {
		case 'approved':
			return 'Ready.';
		case 'pending':
			return `${which} waits for approval by WhatsApp, mostly minutes, at times a day. Messages are held until then.`;
		case 'rejected':
			return `${which} was rejected by WhatsApp${rejection ? ` (${rejection})` : ''}. Look it up in the console, change the text and submit it again.`;
		case 'paused':
			return `${which} is paused by WhatsApp because readers blocked or reported it. It returns by itself after 3 or 6 hours; messages are held until then.`;
		case 'missing':
			return defined
				? `${which} does not exist yet: messlo-bridge templates --push creates it.`
				: `${which} does not exist yet and has no definition: add ${template}.template.yaml with the language ${language}, or create it in the console.`;
		case 'wrong variable count':
			return `${which} takes another number of variables than ${mappings.map(({ name, variables }) => `'${name}' gives (${variables.length})`).join(', ')}. Change the mapping or the template.`;
		case 'wrong header kind':
			return `${which} has another header than ${mappings.map(({ name }) => `'${name}'`).join(', ')} fills. Create the template anew with a document header, or change 'header' in the mapping.`;
	}
}
