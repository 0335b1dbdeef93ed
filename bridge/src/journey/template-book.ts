import type { Clock } from '../domain';
import type { MessloClient } from '../messlo/client';
import { type ApiTemplate, findWaba, listTemplates } from '../messlo/templates';
import { reasonOf } from '../reason-of';

/** What a message asks of its template. */
export interface Wish {
	template: string;
	language: string;
	variables: number;
	header: 'document' | 'url' | 'none';
}

export interface TemplateBook {
	/** Reads the list again. The reason when the API cannot be asked; the old list stays. */
	refresh(): Promise<{ ok: true } | { ok: false; reason: string }>;
	/** The same, unless it was read a moment ago. */
	refreshIfStale(): Promise<void>;
	/** Why a message of this template cannot go out now, in a merchant's words; undefined when it can, or nothing is known. */
	objection(wish: Wish): string | undefined;
	/** Languages in which the template is approved; undefined while the list is not known. */
	approvedLanguages(template: string): readonly string[] | undefined;
	/** Upper case: MARKETING, UTILITY, AUTHENTICATION; undefined while it is not known. */
	category(template: string, language?: string): string | undefined;
	/** What stands on its reply buttons; undefined while it is not known. */
	replyButtons(template: string, language?: string): readonly string[] | undefined;
}

/** A list older than this is read again before a message is held for what it says. */
const STALE_MS = 1_000;

/** The account's templates as last listed. Sending does not wait for it: what it does not know, the API judges. */
export function createTemplateBook(api: MessloClient, wabaId: string | undefined, clock: Clock): TemplateBook {
	let templates: readonly ApiTemplate[] | undefined;
	const find = (name: string) => templates?.filter((template) => template.name === name) ?? [];

	const one = (name: string, language?: string) =>
		find(name).find((each) => each.language === language) ?? find(name)[0];

	let readAt = Number.NEGATIVE_INFINITY;

	async function refresh(): Promise<{ ok: true } | { ok: false; reason: string }> {
		readAt = clock.now().getTime();
		try {
			templates = await listTemplates(api, await findWaba(api, wabaId));
			return { ok: true };
		} catch (error) {
			return { ok: false, reason: reasonOf(error) };
		}
	}

	return {
		refresh,
		refreshIfStale: async () => {
			if (Math.abs(clock.now().getTime() - readAt) > STALE_MS) await refresh();
		},
		objection: (wish) => {
			if (templates === undefined) return undefined;
			const named = find(wish.template);
			const template = named.find(({ language }) => language === wish.language);
			if (named.length === 0)
				return `there is no template '${wish.template}' in the account. Create it: messlo-bridge templates --push`;
			if (!template)
				return `template '${wish.template}' is not there in ${wish.language}, only in ${named.map(({ language }) => language).join(', ')}. Create it, or set the mapping's language`;
			return notApproved(template) ?? doesNotFit(template, wish);
		},
		approvedLanguages: (name) =>
			templates && find(name).flatMap(({ language, status }) => (status === 'APPROVED' ? [language] : [])),
		category: (name, language) => one(name, language)?.category?.toUpperCase(),
		replyButtons: (name, language) => one(name, language)?.replyButtons,
	};
}

function notApproved({ name, language, status, rejection }: ApiTemplate): string | undefined {
	const which = `template '${name}' (${language})`;
	switch (status) {
		case 'APPROVED':
		case 'ACTIVE':
		case 'UNKNOWN':
			return undefined;
		case 'PENDING':
		case 'IN_APPEAL':
		case 'SUBMITTED':
			return `${which} still waits for WhatsApp's approval. It goes out when it is approved`;
		case 'REJECTED':
			return `${which} was rejected by WhatsApp${rejection === undefined ? '' : ` (${rejection})`}. Mend and resubmit it`;
		case 'PAUSED':
			return `${which} is paused by WhatsApp for its quality. It goes out when WhatsApp releases it`;
		default:
			return `${which} is ${status.toLowerCase()} at WhatsApp. It goes out when it is approved`;
	}
}

function doesNotFit(template: ApiTemplate, wish: Wish): string | undefined {
	const which = `template '${template.name}' (${template.language})`;
	if (template.variables !== undefined && template.variables !== wish.variables)
		return `${which} has ${template.variables} variables, the mapping gives ${wish.variables}. Mend the mapping's variables`;
	if (template.header === undefined) return undefined;
	const media = ['document', 'image', 'video'].includes(template.header);
	if (media && wish.header === 'none')
		return `${which} has a header of kind ${template.header}, the mapping gives none. Add 'header:' to the mapping`;
	if (wish.header === 'document' && template.header !== 'document')
		return `${which} has no document header, the mapping gives a document. Remove 'header:', or create the template with a document header`;
	return undefined;
}
