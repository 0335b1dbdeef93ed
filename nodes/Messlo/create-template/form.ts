import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type Field, type Operation, TEMPLATE_LIMITS } from '../../../catalog';
import { buttonProperties } from './button-properties';
import { inside } from './inside';
import { LANGUAGES } from './languages';
import { listsProperty } from './lists';

/** A template from top to bottom, as the message is read, with what WhatsApp allows beside each part. */
export const createForm =
	({ fields }: Operation) =>
	(derived: INodeProperties[]): INodeProperties[] => {
		const lists = listsProperty(fields);
		return [...finishedAll(derived, fields), ...(lists ? [lists] : [])];
	};

/**
 * The same parts as on the forms that create. They must be alike: n8n holds what is on the form against the inside of
 * collections of the same names, though other operations have these, and would miss fields that only they require.
 */
export const updateForm =
	({ fields }: Operation) =>
	(derived: INodeProperties[]): INodeProperties[] =>
		derived.map((property) =>
			property.type === 'collection'
				? { ...property, options: finishedAll((property.options ?? []).filter(isProperty), fields) }
				: property,
		);

const isProperty = (option: object): option is INodeProperties => 'type' in option;

const finishedAll = (derived: INodeProperties[], fields: readonly Field[]): INodeProperties[] =>
	derived.map((property) =>
		finished(
			property,
			fields.find(({ name }) => name === property.name),
		),
	);

function finished(property: INodeProperties, field: Field | undefined): INodeProperties {
	switch (property.name) {
		case 'language':
			return { ...property, type: 'options', default: 'en_US', options: LANGUAGES };
		case 'message_body':
			return {
				...property,
				typeOptions: { rows: 5 },
				description: 'Text of the message',
				hint: `${atMost(field?.max)}. Write variables as {{1}}, {{2}} and so on: they stay as they are, also where this field has become an expression.`,
			};
		case 'variable_examples':
			return {
				...inside(property, (values) => values.filter(({ name }) => name === 'example')),
				description: 'What the variables may stand for, in their order: the first is for {{1}}. WhatsApp asks for it.',
			};
		case 'header_media_type':
			return {
				...property,
				default: '',
				options: [...((property.options ?? []) as INodePropertyOptions[]), { name: 'As the Address Says', value: '' }],
			};
		case 'buttons':
			return inside(property, buttonProperties);
		case 'carousel_cards':
			return inside(property, (values) =>
				values.map((value) => {
					if (value.name === 'buttons') return inside(value, buttonProperties);
					return value.name === 'body' ? { ...value, hint: atMost(TEMPLATE_LIMITS.card.body) } : value;
				}),
			);
		case 'otp_buttons':
			return { ...property, default: { entries: [{ otp_type: 'COPY_CODE', copy_button_text: 'Copy code' }] } };
		default:
			return field?.type === 'string' && field.max !== undefined && !field.choices
				? { ...property, hint: atMost(field.max) }
				: property;
	}
}

const atMost = (characters = 0): string => `At most ${characters.toLocaleString('en-US')} characters`;
