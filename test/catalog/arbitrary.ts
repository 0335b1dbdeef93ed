import fc from 'fast-check';
import { applies, type Field, type FieldType, type Operation, type Values } from '../../catalog';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

/** Any text of these lengths, counted as people count: emoji and control characters included. */
const text = ({ min = 1, max = 40 }: Pick<Field, 'min' | 'max'>) =>
	fc.string({ unit: 'binary', minLength: min, maxLength: Math.min(max, min + 40) });

const key = fc.stringMatching(/^[a-z1-9]{1,8}$/);

/** One arbitrary a field type: everything that such a field takes, as far as the row says. */
const BY_TYPE: Record<FieldType, (field: Field) => fc.Arbitrary<unknown>> = {
	string: (field) => {
		if (field.choices) return fc.constantFrom(...field.choices);
		if (field.pattern) return fc.stringMatching(field.pattern).filter((value) => value.length <= (field.max ?? 500));
		// Ids in a path are opaque, but not every text can be one.
		return field.in === 'path' ? fc.oneof(hex(24), text(field).filter(isSegment)) : text(field);
	},
	number: ({ min = -1e9, max = 1e9 }) => fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value)),
	integer: ({ min = -1e6, max = 1e6 }) => fc.integer({ min, max }),
	boolean: () => fc.boolean(),
	phone: ({ plus }) => fc.stringMatching(plus ? /^\+?[0-9]{6,18}$/ : /^[0-9]{6,18}$/),
	email: () => fc.tuple(key, key).map(([name, host]) => `${name}@${host}.example`),
	url: () => fc.webUrl({ withQueryParameters: true }),
	date: () => days().map((day) => day.toISOString().slice(0, 10)),
	dateTime: () => days().map((day) => day.toISOString()),
	list: (field) => {
		const least = field.min ?? 0;
		const size = { minLength: least, maxLength: Math.min(field.max ?? 4, least + 3) };
		return fc.array(entry(field), size).filter((entries) => hasOneOf(field, entries));
	},
	map: () => fc.dictionary(key, fc.oneof(text({}), fc.integer()), { maxKeys: 4 }),
	object: ({ fields, spread }) =>
		fields ? inside(fields) : fc.dictionary(key, spread ? text({}) : json(), { minKeys: spread ? 1 : 0, maxKeys: 3 }),
	file: () => key,
};

/** Values for some of the fields, all required ones among them; what is out of place beside the others is dropped. */
export function inside(fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
	const parts = fields.map((field) => [field.name, BY_TYPE[field.type](field)] as const);
	const requiredKeys = fields.filter(({ required }) => required).map(({ name }) => name);
	return fc.record(Object.fromEntries(parts), { requiredKeys }).map((values) => inPlace(fields, values));
}

/** Random valid values of an operation. */
export const valuesOf = ({ fields, anyOf }: Operation): fc.Arbitrary<Values> =>
	inside(fields).filter((values) => !anyOf || anyOf.some((name) => values[name] !== undefined));

/** Only those values whose field is taken beside the others. */
export const inPlace = (fields: readonly Field[], values: Values): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).filter(([name]) => {
			const field = fields.find((candidate) => candidate.name === name);
			return field !== undefined && applies(field, fields, values);
		}),
	);

const entry = (field: Field): fc.Arbitrary<unknown> => {
	if (field.fields) return inside(field.fields);
	if (field.items) return BY_TYPE[field.items]({ ...CELL, type: field.items });
	return fc.oneof(text({}), fc.integer(), fc.boolean());
};
const CELL: Field = { name: 'entry', in: 'body', type: 'string', help: '' };

const hasOneOf = ({ contains }: Field, entries: readonly unknown[]): boolean =>
	!contains || entries.some((one) => contains.is.includes(String((one as Values)[contains.field])));

const isSegment = (value: string) => !/^\.+$/.test(value);
const days = () => fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const json = () => fc.jsonValue({ maxDepth: 1 });
