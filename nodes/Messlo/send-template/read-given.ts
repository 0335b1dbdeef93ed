import { FieldError, type Values } from '../../../catalog';
import { parseJson } from '../execute/parse-json';
import type { Wanted } from './find-template';

/** What the form gives for a message. */
export interface Given {
	/** By name of the placeholder. */
	values: Values;
	mediaUrl: unknown;
	/** Written by somebody for this template: then a value too many is a mistake. The form itself may keep some of an earlier one. */
	strict: boolean;
}

export const HEADER_FIELD = 'mediaUrl';

/** The own parameters of the form, which are no fields of the API. */
export const PARAMETERS = [
	'template',
	'specifyVariables',
	'variables',
	'variablesJson',
	'headerMediaUrl',
	'additionalFields',
] as const;

/** The variables and header of a message: from one field each, or from JSON. */
export function readGiven(row: string, raw: Values): Given {
	if (raw['specifyVariables'] === 'json')
		return { values: readJson(row, raw['variablesJson']), mediaUrl: raw['headerMediaUrl'], strict: true };
	const mapper = record(raw['variables']);
	// An expression may give the bare values.
	const { [HEADER_FIELD]: mediaUrl, ...values } = 'mappingMode' in mapper ? record(mapper['value']) : mapper;
	return { values, mediaUrl, strict: false };
}

/** The template that the form names; undefined when it names none. */
export function readWanted(raw: unknown, language: unknown): Wanted | undefined {
	const template = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	if (typeof template !== 'string' || template.trim() === '') return undefined;
	return {
		template: template.trim(),
		...(typeof language === 'string' && language !== '' ? { language } : {}),
	};
}

const EXPECTED = 'must be a JSON object of values by position, such as {"1": "Ana", "2": "A-1042"}';

function readJson(row: string, raw: unknown): Values {
	const { value, problem }: ReturnType<typeof parseJson> =
		typeof raw === 'string' ? parseJson(raw.trim() === '' ? '{}' : raw) : { value: raw ?? {} };
	// In order, for {{1}}, {{2}}, …
	if (Array.isArray(value)) return Object.fromEntries(value.map((entry: unknown, index) => [String(index + 1), entry]));
	if (typeof value === 'object' && value !== null) return record(value);
	throw new FieldError(row, 'Variables', problem === undefined ? EXPECTED : `${EXPECTED} (${problem})`);
}

const record = (value: unknown): Values =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
