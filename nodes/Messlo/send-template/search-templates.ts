import { PICK } from '../../../catalog/pick';
import type { Choice } from '../picker/read-record';
import { listSearch } from '../picker/search';
import { readTemplate } from './template';

/** The picker of templates to send: approved ones, one choice a language. */
export const searchTemplates = listSearch(PICK.template, approved);

/** `checkout_invoice · English (en_US) · approved` */
function approved(record: Readonly<Record<string, unknown>>): Choice | undefined {
	const template = readTemplate(record);
	if (template?.id === undefined || (template.status ?? 'approved') !== 'approved') return undefined;
	const { id, name, language, status } = template;
	return { name: [name, languageName(language), ...(status === undefined ? [] : [status])].join(' · '), value: id };
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function languageName(code: string): string {
	const [base = ''] = code.split(/[_-]/);
	const name = /^[a-z]{2,3}$/i.test(base) ? LANGUAGES.of(base) : undefined;
	return name === undefined ? code : `${name} (${code})`;
}
