import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { type Field, operation, type Operation, type Picker, type Values } from '../../../catalog';
import { collect } from '../api/collect';
import type { Api } from '../api/connect';
import { readRecord } from './read-record';

/**
 * What a list must be asked with. A template list needs a WhatsApp account: the one that the form has, else each in turn.
 */
export async function scopesOf(context: ILoadOptionsFunctions, api: Api, row: Operation): Promise<Values[]> {
	const needed = neededBy(row, context);
	if (!needed) return [{}];
	const given = chosenIn(context, needed);
	if (given !== undefined) return [{ [needed.name]: given }];
	if (!needed.pick) return [];
	return (await everyValue(context, api, needed.pick)).map((value) => ({ [needed.name]: value }));
}

/** No list of the API needs more than one field. */
function neededBy({ fields, anyOf = [] }: Operation, context: ILoadOptionsFunctions): Field | undefined {
	const either = fields.filter(({ name }) => anyOf.includes(name));
	return (
		fields.find(({ required }) => required) ??
		either.find((field) => chosenIn(context, field) !== undefined) ??
		either[0]
	);
}

/** The value of the field of that name in the form, unless only an expression knows it. */
function chosenIn(context: ILoadOptionsFunctions, { name, choices }: Field): string | undefined {
	const raw = context.getCurrentNodeParameter(name);
	const value = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	if (typeof value !== 'string' || value === '' || value.startsWith('=')) return undefined;
	return choices && !choices.includes(value) ? undefined : value;
}

async function everyValue(context: ILoadOptionsFunctions, api: Api, pick: Picker): Promise<string[]> {
	const row = operation(pick.from);
	const scopes = await scopesOf(context, api, row);
	const lists = await Promise.all(scopes.map((scope) => collect(api, row, scope, Infinity)));
	return lists.flat().flatMap((record) => readRecord(pick, record)?.value ?? []);
}
