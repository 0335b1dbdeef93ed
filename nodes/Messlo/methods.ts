import type { INodeType } from 'n8n-workflow';
import { type Field, OPERATIONS } from '../../catalog';
import { widget } from './description/widget';
import { searchMethod } from './picker/method-name';
import { listSearch, loadOptions } from './picker/search';
import { searchTemplates } from './send-template/search-templates';
import { templateFields } from './send-template/template-fields';

const withPicker = (fields: readonly Field[]): Field[] =>
	fields.flatMap((field) => [...(field.pick ? [field] : []), ...withPicker(field.fields ?? [])]);

const pickers = OPERATIONS.flatMap(({ fields }) => withPicker(fields)).flatMap((field) =>
	field.pick ? [{ pick: field.pick, many: widget(field) === 'pickMany' }] : [],
);

/** What the form asks the API while it is filled in: one method a picker. */
export const methods = {
	listSearch: Object.fromEntries([
		...pickers.filter(({ many }) => !many).map(({ pick }) => [searchMethod(pick), listSearch(pick)] as const),
		['searchTemplates', searchTemplates] as const,
	]),
	loadOptions: Object.fromEntries(
		pickers.filter(({ many }) => many).map(({ pick }) => [searchMethod(pick), loadOptions(pick)]),
	),
	resourceMapping: { templateFields },
} satisfies INodeType['methods'];
