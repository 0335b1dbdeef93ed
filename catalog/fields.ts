import type { Field, FieldType } from './operation';

type More = Partial<Omit<Field, 'name' | 'type' | 'help' | 'example'>>;

const of =
	(type: FieldType) =>
	(name: string, help: string, example: unknown, more: More = {}): Field => ({
		name,
		in: 'body',
		type,
		help,
		example,
		...more,
	});

/** A body field of each type: name, help, example, and what else is known. */
export const string = of('string');
export const number = of('number');
export const integer = of('integer');
export const boolean = of('boolean');
export const phone = of('phone');
export const email = of('email');
export const url = of('url');
export const date = of('date');
export const dateTime = of('dateTime');
export const list = of('list');
export const map = of('map');
export const object = of('object');
export const file = of('file');

export const choice = (
	name: string,
	help: string,
	choices: readonly string[],
	more: More & { example?: string } = {},
) => string(name, help, more.example ?? choices[0], { ...more, choices });

export const lines = (name: string, help: string, example: string, more: More = {}) =>
	string(name, help, example, { editor: 'lines', ...more });

export const secret = (name: string, help: string, example: string, more: More = {}) =>
	string(name, help, example, { editor: 'password', ...more });

export const required = (field: Field): Field => ({ ...field, required: true });
export const inQuery = (field: Field): Field => ({ ...field, in: 'query' });
export const inPath = (field: Field): Field => ({ ...field, in: 'path', required: true });

/** A field only where another one has one of these values. */
export const when = (name: string, is: readonly (string | boolean)[], field: Field): Field => ({
	...field,
	when: { field: name, is },
});
