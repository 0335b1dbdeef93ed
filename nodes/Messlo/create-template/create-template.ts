import { operation, OPERATIONS, type Operation, type Values } from '../../../catalog';
import type { Execution, Finishes, Steps } from '../execute/finish';
import { parameterReader } from '../execute/parameter-reader';
import { checkTemplate } from './check-template';
import { createForm, updateForm } from './form';
import { keepVariables } from './keep-variables';
import { LISTS, readLists } from './lists';
import { replaceVariables } from './variables';

/** Those of WhatsApp; other channels have neither its limits nor its review. */
const isOfWhatsApp = ({ contract, rows }: Operation): boolean =>
	contract.operationId === 'createTemplate' && rows.length > 0;

/** The eleven kinds of the developer page: one form each, checked against WhatsApp's limits before anything is sent. */
export const createTemplate: Finishes = {
	...Object.fromEntries(OPERATIONS.filter(isOfWhatsApp).map((row) => [row.id, { form: createForm(row), begin }])),
	'template.update': { form: updateForm(operation('template.update')), begin },
};

function begin({ context, row, options }: Execution): Steps {
	const givenAt = parameterReader(context, [LISTS]);
	const reading = { operation: row.id, timezone: context.getTimezone(), callingCode: options.callingCode };
	const { parameters } = context.getNode();
	const { updateFields } = parameters;
	const raw: Values = isObject(updateFields) ? updateFields : parameters;
	const textAt = (given: unknown, index: number, value: unknown): unknown => {
		const text = keepVariables(context, given, index) ?? value;
		return typeof text === 'string' ? replaceVariables(text, (number) => `{{${number}}}`) : text;
	};

	/** The texts that may have variables. */
	function texts(index: number, values: Values): Values {
		const ofTemplate = TEXTS.filter((name) => values[name] !== undefined).map((name): [string, unknown] => [
			name,
			textAt(raw[name], index, values[name]),
		]);
		const cards = values['carousel_cards'];
		if (!Array.isArray(cards)) return Object.fromEntries(ofTemplate);
		const rawCards = entries(raw['carousel_cards']);
		const carousel_cards = cards.map((card: unknown, place) =>
			isObject(card) && card['body'] !== undefined
				? { ...card, body: textAt(rawCards[place]?.['body'], index, card['body']) }
				: card,
		);
		return { ...Object.fromEntries(ofTemplate), carousel_cards };
	}

	return {
		values(index, derived) {
			const { [LISTS]: given } = givenAt(index);
			const listed = { ...derived, ...readLists(row, derived, isObject(given) ? given : {}, reading) };
			const values = { ...listed, ...texts(index, listed) };
			checkTemplate(row, values);
			// A kind of header without a header says nothing, unless the template has one already.
			return values['header_url'] === undefined && row.id !== 'template.update'
				? { ...values, header_media_type: undefined }
				: values;
		},
	};
}

const TEXTS = ['message_body', 'header_text', 'footer_text'];

/** The entries of a group as the editor keeps them, expressions unread. */
function entries(raw: unknown): Values[] {
	const list = isObject(raw) ? raw['entries'] : raw;
	return Array.isArray(list) ? list.filter(isObject) : [];
}

const isObject = (value: unknown): value is Values =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
