import type { Template } from '../records';
import { whatsAppRefusal } from '../refusal';
import type { State } from '../state';
import { placeholders } from './placeholders';

export interface TemplateRequest {
	templateName?: string;
	templateId?: string;
	languageCode?: string;
	templateVariables?: Record<string, string | number>;
	mediaUrl?: string;
	/** Of the sender; templates of another WABA do not count. */
	wabaId?: string;
	/** Another channel than WhatsApp. */
	platform?: string;
}

/** The approved template that a message asks for, with everything it needs; refuses as WhatsApp does. */
export function checkTemplateMessage(state: State, request: TemplateRequest): Template {
	const template = findTemplate(state, request);
	checkApproval(template);
	checkVariables(template, request.templateVariables ?? {});
	checkHeader(template, request.mediaUrl);
	return template;
}

/** The template of a name or id in the language that is meant; refuses when there is none. */
export function findTemplate(state: State, request: TemplateRequest): Template {
	const { templateId, templateName, languageCode, wabaId, platform } = request;
	const named = state.templates
		.filter(({ _id, template_name }) =>
			templateId === undefined ? template_name === templateName : _id === templateId,
		)
		.filter((template) => template.platform === platform && (wabaId ?? template.waba_id) === template.waba_id);
	// Which language the API takes when none is given is not published: the only one, else English.
	const fallback = named.length === 1 ? named[0]?.language : 'en_US';
	const wanted = languageCode ?? fallback ?? 'en_US';
	const found = named.find(({ language }) => language === wanted);
	if (found) return found;
	const others = named.map(({ language }) => language).join(', ');
	const known = others === '' ? '' : ` (it exists in ${others})`;
	throw whatsAppRefusal(132001, `template name (${templateName ?? templateId}) does not exist in ${wanted}${known}`);
}

export function checkApproval({ template_name: name, language, status }: Template): void {
	switch (status) {
		case 'APPROVED':
			return;
		case 'PAUSED':
			throw whatsAppRefusal(132015, `template (${name}) in ${language} is paused due to low quality`);
		case 'DISABLED':
			throw whatsAppRefusal(132016, `template (${name}) in ${language} was paused too often and is disabled`);
		case 'pending':
		case 'REJECTED':
			throw whatsAppRefusal(132001, `template (${name}) in ${language} is not approved, its state is ${status}`);
	}
}

function checkVariables(template: Template, values: Record<string, string | number>): void {
	const expected = placeholders(`${template.header_text ?? ''} ${template.message_body ?? ''}`).sort();
	const given = Object.keys(values).sort();
	if (expected.length !== given.length || expected.some((name) => !given.includes(name))) {
		const named = (names: string[]): string => `${names.length}${names.length > 0 ? `: ${names.join(', ')}` : ''}`;
		throw whatsAppRefusal(
			132000,
			`body: number of localizable_params (${named(given)}) does not match the expected number of params (${named(expected)})`,
		);
	}
	for (const [name, value] of Object.entries(values)) {
		if (String(value).trim() === '') throw whatsAppRefusal(132012, `variable ${name} is empty`);
		if (/[\n\r\t]| {4}/.test(String(value))) {
			throw whatsAppRefusal(
				132018,
				`variable ${name}: Param text cannot have new-line/tab characters or 4 or more consecutive spaces`,
			);
		}
	}
}

function checkHeader({ template_name: name, header_media_type: kind }: Template, mediaUrl: string | undefined): void {
	if (kind !== undefined && mediaUrl === undefined) {
		const wanted = kind.toUpperCase();
		throw whatsAppRefusal(
			132012,
			`header: Format mismatch, expected ${wanted}, received UNKNOWN (mediaUrl is missing)`,
		);
	}
	if (kind === undefined && mediaUrl !== undefined) {
		throw whatsAppRefusal(132012, `header: template (${name}) has no media header, mediaUrl must not be given`);
	}
}
