import type { Operation, Values } from '../../catalog';
import { inPlace } from './arbitrary';

/** The examples of all fields that go together. */
export const everything = ({ fields }: Operation): Values =>
	withoutVariables(inPlace(fields, Object.fromEntries(fields.map(({ name, example }) => [name, example]))));

/** The examples of what must be given. */
export function onlyRequired({ fields, anyOf }: Operation): Values {
	const must = fields.filter(({ name, required }) => required || name === anyOf?.[0]);
	return withoutVariables(inPlace(fields, Object.fromEntries(must.map(({ name, example }) => [name, example]))));
}

/** WhatsApp takes a text with variables only beside their samples. */
const withoutVariables = (values: Values): Values =>
	'message_body' in values && !('variable_examples' in values)
		? { ...values, message_body: 'Your order is on its way.' }
		: values;
