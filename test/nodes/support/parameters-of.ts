import type { INodeParameters } from 'n8n-workflow';
import type { Field, Operation, Values } from '../../../catalog';
import { type Layout, layoutOf, layoutOfEntry } from '../../../nodes/Messlo/description/layout';
import { nameOf } from '../../../nodes/Messlo/description/operations';
import { widget } from '../../../nodes/Messlo/description/widget';

/** The form of an operation as a person leaves it who fills in these values. */
export function parametersOf(row: Operation, values: Values): INodeParameters {
	if (row.id.startsWith('message.sendTemplate')) return templateMessage(values);
	const page = row.itemsAt ? { returnAll: false, limit: 7 } : {};
	return { ...nameOf(row), ...page, ...filled(layoutOf(row), values) } as INodeParameters;
}

/** Both rows of the page that send a template are one operation. By name, and unchecked, it asks nothing else of the account. */
function templateMessage(values: Values): INodeParameters {
	const { contact_no, whatsapp_phone_number, templateName, templateVariables = {}, mediaUrl, languageCode } = values;
	return {
		resource: 'message',
		operation: 'sendTemplate',
		contact_no: `+${String(contact_no)}`,
		whatsapp_phone_number: { __rl: true, mode: 'id', value: whatsapp_phone_number },
		template: { __rl: true, mode: 'id', value: templateName },
		specifyVariables: 'json',
		variablesJson: JSON.stringify(templateVariables),
		...(mediaUrl === undefined ? {} : { headerMediaUrl: mediaUrl }),
		additionalFields: { checkBeforeSending: false, ...(languageCode === undefined ? {} : { languageCode }) },
	} as INodeParameters;
}

function filled({ direct, collection, collected }: Layout, values: Values): Values {
	const given = (fields: readonly Field[]) =>
		Object.fromEntries(
			fields
				.filter(({ name }) => values[name] !== undefined)
				.map((field) => [field.name, typed(field, values[field.name])]),
		);
	const rest = given(collected);
	return { ...given(direct), ...(Object.keys(rest).length === 0 ? {} : { [collection.name]: rest }) };
}

/** A value as the editor keeps it. */
function typed(field: Field, value: unknown): unknown {
	switch (widget(field)) {
		case 'picker':
			return { __rl: true, mode: 'id', value };
		case 'pickers':
			return { entries: [value].flat().map((id) => ({ record: { __rl: true, mode: 'id', value: id } })) };
		case 'entries':
			return { entries: (value as Values[]).map((entry) => filled(layoutOfEntry(field.fields ?? []), entry)) };
		case 'pairs':
			return { pairs: Object.entries(value as Values).map(([key, entry]) => ({ key, value: entry })) };
		case 'json':
			return JSON.stringify(value);
		case 'texts':
			return (value as unknown[]).join(', ');
		case 'file':
			return [value].flat().join(', ');
		case 'text':
			return field.type === 'phone' && typeof value === 'string' ? `+${value.replace('+', '')}` : value;
		case 'boolean':
		case 'dateTime':
		case 'number':
		case 'options':
		case 'pickMany':
			return value;
	}
}
