import type { TemplateButton } from '../records';
import { Refusal } from '../refusal';
import { placeholders } from './placeholders';

interface Definition {
	message_body?: string;
	header_text?: string;
	footer_text?: string;
	header_media_type?: string;
	header_url?: string;
	buttons?: TemplateButton[];
	variable_examples?: unknown;
	carousel_cards?: unknown[];
}

// https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components
const LIMITS = { message_body: 1024, header_text: 60, footer_text: 60, button: 25 };
const MOST_BUTTONS = 10;
const MOST_OF_A_KIND: Record<string, number> = { website: 2, phone_call: 1, copy_code: 1 };
const MOST_CARDS = 10;

/** Refuses what Meta refuses at once when a template is created or edited. */
export function checkDefinition(definition: Definition): void {
	const problems = [
		...lengths(definition),
		...placeholderProblems(definition),
		...headerProblems(definition),
		...counts(definition),
	];
	if (problems.length > 0) throw new Refusal(400, `Invalid template: ${problems.join('; ')}`, 100);
}

function lengths(definition: Definition): string[] {
	const texts: [string, string | undefined, number][] = [
		['message_body', definition.message_body, LIMITS.message_body],
		['header_text', definition.header_text, LIMITS.header_text],
		['footer_text', definition.footer_text, LIMITS.footer_text],
		...(definition.buttons ?? []).map(({ text }, index): [string, string | undefined, number] => [
			`buttons.${index}.text`,
			text,
			LIMITS.button,
		]),
	];
	return texts
		.filter(([, text = '', limit]) => [...text].length > limit)
		.map(([field, text = '', limit]) => `${field} has ${[...text].length} characters, at most ${limit} are allowed`);
}

function counts({ buttons = [], carousel_cards: cards = [] }: Definition): string[] {
	const most = (what: string, count: number, limit: number): string[] =>
		count > limit ? [`${what} has ${count} entries, at most ${limit} are allowed`] : [];
	return [
		...most('buttons', buttons.length, MOST_BUTTONS),
		...most('carousel_cards', cards.length, MOST_CARDS),
		...Object.entries(MOST_OF_A_KIND).flatMap(([kind, limit]) =>
			most(`buttons of type ${kind}`, buttons.filter(({ type }) => type === kind).length, limit),
		),
	];
}

function placeholderProblems(definition: Definition): string[] {
	const body = definition.message_body ?? '';
	const problems: string[] = [];
	const names = placeholders(body);
	const missing = names.filter((name) => !hasExample(definition.variable_examples, name));
	if (missing.length > 0) problems.push(`variable_examples has no example for ${missing.join(', ')}`);
	if (/^\s*\{\{/.test(body) || /\}\}\s*$/.test(body)) {
		problems.push('message_body must not start or end with a variable');
	}
	const numbers = names.map(Number).filter((number) => Number.isInteger(number));
	if (numbers.some((number) => number < 1 || number > names.length)) {
		problems.push(`message_body must number its variables from {{1}} to {{${names.length}}} without gaps`);
	}
	if (placeholders(definition.footer_text).length > 0) problems.push('footer_text must not contain variables');
	return problems;
}

function hasExample(examples: unknown, name: string): boolean {
	if (Array.isArray(examples)) {
		return examples.some(
			(example: unknown) => isFilled(example) && String(example['key']).replace(/[{}]/g, '') === name,
		);
	}
	return typeof examples === 'object' && examples !== null && name in examples;
}

const isFilled = (example: unknown): example is Record<string, unknown> =>
	typeof example === 'object' && example !== null && 'example' in example && example.example !== '';

const headerProblems = ({ header_media_type: kind, header_url: url, header_text: text }: Definition): string[] => [
	...(kind !== undefined && url === undefined ? ['header_url is required: a sample of the header media'] : []),
	...(kind === 'audio' ? ['header_media_type must be image, video or document'] : []),
	...(url !== undefined && text !== undefined && text !== '' ? ['header_text and header_url exclude each other'] : []),
];
