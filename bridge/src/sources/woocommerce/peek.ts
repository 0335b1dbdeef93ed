import { endsWithBrace, isObject, parseObject } from '../shop/request';
import type { KeyedOrder } from './delivery-key';

/** What a body is, as far as its keys and its place in time need it. */
export type Peek =
	| { kind: 'order'; order: KeyedOrder & { status?: string; date_modified_gmt?: string } }
	/** What WordPress says instead of an order: {"code": "woocommerce_rest_cannot_view", "data": {"status": 401}}. */
	| { kind: 'error'; code: string; status: number | undefined }
	| { kind: 'object'; id: string | undefined }
	| { kind: 'unreadable' };

/** How WooCommerce begins every order: `{"id":7411,"parent_id":0,"status":"processing",`. */
const USUAL_HEAD =
	/^\s*\{\s*"id"\s*:\s*(\d{1,20})\s*,\s*"parent_id"\s*:\s*\d+\s*,\s*"status"\s*:\s*"([\w-]{1,40})"\s*,/;
const HEAD_BYTES = 192;
const MODIFIED = '"date_modified_gmt"';
const MODIFIED_VALUE = /^"date_modified_gmt"\s*:\s*"([\dT:-]{19})"/;
const REFUNDS = '"refunds"';
const NO_REFUNDS = /^"refunds"\s*:\s*\[\s*\]/;

/**
 * Looks at a body without parsing it where it is as WooCommerce writes orders: it is signed, and read whole before anything is
 * made of it. A name in quotes that occurs once is a key: in the text of a note its quotes are escaped, and as a value of its own it
 * would be there twice. Any other body is parsed.
 */
export function peek(body: Buffer): Peek {
	if (endsWithBrace(body)) {
		const head = USUAL_HEAD.exec(body.toString('latin1', 0, HEAD_BYTES));
		const modified = head && MODIFIED_VALUE.exec(onlyPlace(body, MODIFIED, 64));
		if (head?.[1] && head[2] && modified?.[1] && NO_REFUNDS.test(onlyPlace(body, REFUNDS, 64)))
			return { kind: 'order', order: { id: head[1], status: head[2], date_modified_gmt: modified[1] } };
	}
	const payload = parseObject(body);
	return payload === undefined ? { kind: 'unreadable' } : kindOf(payload);
}

/** The text from the only place where the name stands; nothing when there is none or more than one. */
function onlyPlace(body: Buffer, name: string, length: number): string {
	const place = body.indexOf(name, 0, 'latin1');
	if (place < 0 || body.indexOf(name, place + 1, 'latin1') >= 0) return '';
	return body.toString('latin1', place, place + length);
}

function kindOf(payload: Record<string, unknown>): Peek {
	const { id: given, code, data, status, date_modified_gmt: modified, refunds } = payload;
	const id = typeof given === 'number' || (typeof given === 'string' && given !== '') ? String(given) : undefined;
	if (id === undefined && typeof code === 'string') {
		const said = isObject(data) ? data['status'] : undefined;
		return { kind: 'error', code, status: typeof said === 'number' ? said : undefined };
	}
	if (id === undefined || typeof modified !== 'string') return { kind: 'object', id };
	return {
		kind: 'order',
		order: { id, date_modified_gmt: modified, refunds, ...(typeof status === 'string' ? { status } : {}) },
	};
}
