import { FieldError, operation, readText } from '../../../catalog';
import { collect } from '../api/collect';
import type { Api } from '../api/connect';
import { readTemplate, type Template } from './template';

/** A template as the form names it: by record ID, or by name and then in a language where it has several. */
export interface Wanted {
	template: string;
	language?: string;
}

export type FindTemplate = (wanted: Wanted) => Promise<Template>;

/** Finds templates of the account, whose list is read once, when first asked for. Refuses what is not there or not clear. */
export function templateFinder(api: Api, row: string): FindTemplate {
	let list: Promise<Template[]> | undefined;
	return async ({ template, language }) => {
		list ??= readTemplates(api);
		const templates = await list;
		const picked = templates.find(({ id }) => id === template);
		if (picked) return picked;
		// Two accounts may have one of the same name and language: the one that can be sent is meant.
		const named = templates
			.filter(({ name }) => name === template)
			.toSorted((a, b) => Number(b.status === 'approved') - Number(a.status === 'approved'));
		const languages = [...new Set(named.map((each) => each.language))];
		const wanted = language ?? (languages.length === 1 ? languages[0] : undefined);
		const found = named.find((each) => each.language === wanted);
		if (found) return found;
		const known = languages.join(', ');
		throw new FieldError(
			row,
			'Template',
			known === ''
				? `must be one of this account: none has the name or ID '${template}'. Pick it from the list, or run Template → Sync From Meta`
				: language === undefined
					? `must be clear: '${template}' exists in ${known}. Pick it from the list, or add Language`
					: `must exist in its language: '${template}' exists in ${known}, not in ${language}. Choose another Language`,
		);
	};
}

/** Those of all WhatsApp accounts; the API lists them by account. */
async function readTemplates(api: Api): Promise<Template[]> {
	const accounts = await collect(api, operation('connection.getMany'), {}, Infinity);
	const lists = accounts.map(async (account) => {
		const waba_id = readText(account, '_id', 'id', 'waba_id');
		return waba_id === undefined ? [] : await collect(api, operation('template.getMany'), { waba_id }, Infinity);
	});
	return (await Promise.all(lists)).flat().flatMap((record) => readTemplate(record) ?? []);
}
