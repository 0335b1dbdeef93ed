import type { Operation } from './operation';

/** Follows "data.items" into an answer whose shape is only assumed; undefined when it is not there. */
export function at(body: unknown, path: string): unknown {
	if (path === '') return body;
	return path
		.split('.')
		.reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), body);
}

/** The list in an answer: the first place of the row's `itemsAt` that holds an array; empty when none does. */
export function readItems(operation: Operation, body: unknown): Record<string, unknown>[] {
	for (const path of operation.itemsAt ?? []) {
		const items = at(body, path);
		if (Array.isArray(items)) return items.filter(isObject);
	}
	return [];
}

/** How many records there are in all pages, where the answer says. */
export function readTotal(body: unknown): number | undefined {
	const total = at(body, 'data.pagination.totalItems') ?? at(body, 'pagination.totalItems');
	return typeof total === 'number' ? total : undefined;
}

/** The first of the paths that holds text or a number, as text. */
export function readText(body: unknown, ...paths: string[]): string | undefined {
	for (const path of paths) {
		const value = at(body, path);
		if (typeof value === 'string' && value !== '') return value;
		if (typeof value === 'number') return String(value);
	}
	return undefined;
}

/** Why a call failed, in the API's words: `message`, then `error`, then the plain body. */
export function readReason(body: unknown): string | undefined {
	if (typeof body === 'string') return body.trim() === '' ? undefined : body.trim().slice(0, 500);
	const reason = readText(body, 'message', 'error.message', 'error.error_user_msg', 'error', 'message.message');
	if (reason !== undefined) return reason.slice(0, 500);
	const list = at(body, 'message');
	return Array.isArray(list) ? list.map(String).join('; ').slice(0, 500) : undefined;
}

/** The WhatsApp error code of a failure: a field where there is one, else the "(#132000)" in its text. */
export function readCode(body: unknown): number | undefined {
	for (const path of ['error.code', 'code', 'error_code', 'data.error.code', 'errors.0.code']) {
		const code = Number(at(body, path) ?? Number.NaN);
		if (Number.isInteger(code)) return code;
	}
	const quoted = /\(#?(\d{3,6})\)|\b(13[0-9]{4})\b/.exec(readReason(body) ?? '');
	return quoted ? Number(quoted[1] ?? quoted[2]) : undefined;
}

/** The vendor's client treats only an explicit false as failure. */
export const succeeded = (status: number, body: unknown): boolean =>
	status >= 200 && status < 300 && at(body, 'success') !== false;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
