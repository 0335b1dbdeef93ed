import type { Operation, Values } from '../../catalog';
import { inPlace } from './arbitrary';

/** The examples of all fields that go together. */
export const everything = ({ fields }: Operation): Values =>
	inPlace(fields, Object.fromEntries(fields.map(({ name, example }) => [name, example])));

/** The examples of what must be given. */
export function onlyRequired({ fields, anyOf }: Operation): Values {
	const must = fields.filter(({ name, required }) => required || name === anyOf?.[0]);
	return inPlace(fields, Object.fromEntries(must.map(({ name, example }) => [name, example])));
}
