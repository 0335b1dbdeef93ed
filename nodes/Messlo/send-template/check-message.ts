import { FieldError, type Values } from '../../../catalog';
import type { Given } from './read-given';
import { kindOf, type MediaKind, type Template } from './template';
import { fill, type Variable } from './variables';

// What WhatsApp takes: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#text-object
const LONGEST = { header: 60, body: 1024, bodyAlone: 32_768, code: 15 };

const FIX: Record<string, string> = {
	paused: 'People gave it poor feedback: edit it, or send another one',
	disabled: 'WhatsApp has disabled it: send another one',
	rejected: 'Edit it and submit it again with Template → Update',
};
const WAIT = 'Wait for the approval, then run Template → Sync Approval Status';

/** What the request says of the template, once all of it fits what was approved; else throws FieldError. */
export function checkMessage(row: string, template: Template, given: Given): Values {
	const { name, language, status } = template;
	if (status !== undefined && status !== 'approved')
		throw new FieldError(
			row,
			'Template',
			`must be approved: '${name}' (${language}) is ${status}. ${FIX[status] ?? WAIT}`,
		);
	const values = checkVariables(row, template, given);
	checkLengths(row, template, values);
	const mediaUrl = checkMedia(row, template, given);
	return {
		templateName: name,
		languageCode: language,
		...(Object.keys(values).length === 0 ? {} : { templateVariables: values }),
		...(mediaUrl === undefined ? {} : { mediaUrl }),
	};
}

function checkVariables(row: string, template: Template, { values, strict }: Given): Record<string, string> {
	const { name: title, body, variables } = template;
	const names = body === undefined ? Object.keys(values) : variables.map(({ name }) => name);
	const unknown = Object.keys(values).filter((name) => !names.includes(name));
	if (strict && unknown.length > 0) {
		const wanted = names.length === 0 ? 'nothing' : listed(names);
		throw new FieldError(
			row,
			'Variables',
			`must be those of '${title}', which takes ${wanted}, not ${listed(unknown)}`,
		);
	}
	return Object.fromEntries(
		names.map((name) => {
			const variable = variables.find((each) => each.name === name) ?? {
				name,
				words: `{{${name}}}`,
				place: 'template',
			};
			return [name, checkValue(row, variable, Object.hasOwn(values, name) ? values[name] : undefined)];
		}),
	);
}

function checkValue(row: string, { name, words, place }: Variable, value: unknown): string {
	const refuse = (expected: string) => new FieldError(row, `Variable {{${name}}}`, expected);
	if (value === undefined || value === null || String(value).trim() === '')
		throw refuse(
			`must have a value: it stands in the ${place}, “${words}”. Where one may be missing, give another: {{ $json.name || 'there' }}`,
		);
	if (typeof value === 'object') throw refuse('must be text or a number, not a list or an object');
	const text = String(value);
	if (/[\n\r\t]| {4}/.test(text))
		throw refuse(
			"must be one line: WhatsApp refuses line breaks, tabs and four spaces in a row. In the expression, add .replace(/\\s+/g, ' ')",
		);
	return text;
}

function checkLengths(row: string, { isCode, header, body, hasMore }: Template, values: Record<string, string>): void {
	const parts: [what: string, text: string, most: number][] = isCode
		? [['code', values['1'] ?? '', LONGEST.code]]
		: [
				['header', fill(header ?? '', values), LONGEST.header],
				['body', fill(body ?? '', values), hasMore ? LONGEST.body : LONGEST.bodyAlone],
			];
	for (const [what, text, most] of parts) {
		// WhatsApp counts characters, not UTF-16 units.
		const { length } = [...text];
		if (length > most)
			throw new FieldError(
				row,
				'Variables',
				`must be shorter: with them the ${what} has ${length} characters, at most ${most} are allowed`,
			);
	}
}

const NOUN: Record<MediaKind, string> = { document: 'a PDF', image: 'an image (JPEG or PNG)', video: 'a video (MP4)' };

function checkMedia(row: string, { name, media, body }: Template, { mediaUrl, strict }: Given): string | undefined {
	const refuse = (expected: string) => new FieldError(row, 'Header Media URL', expected);
	const url = mediaUrl === undefined || mediaUrl === null ? '' : String(mediaUrl).trim();
	if (url === '') {
		if (media === undefined) return undefined;
		throw refuse(`must be given: the header of '${name}' is ${NOUN[media]}, fetched from a public address`);
	}
	if (media === undefined) {
		if (body === undefined) return url;
		if (!strict) return undefined;
		throw refuse(`must be left empty: '${name}' has no header of media`);
	}
	if (!/^https?:\/\/\S+$/.test(url) || !URL.canParse(url))
		throw refuse(`must be the public http(s) address of ${NOUN[media]}, not '${url.slice(0, 100)}'`);
	const kind = kindOf(url);
	if (kind !== undefined && kind !== media)
		throw refuse(`must lead to ${NOUN[media]}, as '${name}' was approved with; this one ends like ${NOUN[kind]}`);
	return url;
}

const listed = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ');
