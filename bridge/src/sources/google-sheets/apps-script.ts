import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Delivery, Verdict } from '../../domain';
import type { Verify } from '../source';
import { contentKey } from './delivery';
import type { SheetConfig } from './sheet-config';

/** How far the signed time may be from ours. */
const WINDOW_MS = 5 * 60_000;

type Refusal = Extract<Verdict, { ok: false }>;
const refused = (status: 400 | 401, reason: string, detail: string): Refusal => ({ ok: false, status, reason, detail });

/**
 * The door of the Apps Script. With credentials a post only says that there is something to fetch: the row is then read with its
 * id, and cannot be taken for another because the script spells a date differently. Without, the posted row itself is stored.
 */
export function appsScriptDoor(config: SheetConfig): Verify {
	const secrets = (config.secrets ?? []).filter((secret) => secret !== '');
	const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
	const seen = new Map<string, number>();

	return ({ headers, body, receivedAt = new Date() }) => {
		const now = receivedAt.getTime();
		if (keys.length === 0)
			return refused(
				401,
				'no-secret-configured',
				`Source '${config.id}' has no secret, so nothing can be believed. Add the script's secret under 'secrets'.`,
			);
		if (body === undefined || body.length === 0)
			return refused(
				400,
				'empty-body',
				'The request has no body. The Apps Script always sends one; a browser does not.',
			);
		const signature = textOf(headers['x-signature']);
		if (signature === undefined)
			return refused(
				401,
				'missing-signature',
				'The header X-Signature is missing, so the request is not from the Apps Script.',
			);
		const timestamp = textOf(headers['x-timestamp']);
		if (timestamp === undefined || !/^\d{9,14}$/.test(timestamp))
			return refused(400, 'missing-headers', 'The header x-timestamp is missing, or is not a time in seconds.');
		const signed = (key: (typeof keys)[number]) => {
			const want = Buffer.from(createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex'));
			const got = Buffer.from(signature);
			return want.length === got.length && timingSafeEqual(want, got);
		};
		if (!keys.some(signed))
			return refused(
				401,
				'bad-signature',
				"The signature fits none of the secrets. Put the same secret under 'secrets' here and into the script's property MESSLO_SECRET.",
			);
		if (Math.abs(now - Number(timestamp) * 1000) > WINDOW_MS)
			return refused(
				401,
				'too-old',
				'The signed time is more than five minutes from ours: an old request, or the clock of this machine is wrong.',
			);
		const delivery = deliveryOf(config, timestamp, body);
		if (!delivery.readable) {
			const detail = 'The signature is right, but the body is not a JSON object. It is kept for a person to look at.';
			return { ok: false, status: 422, reason: 'unreadable-body', detail, delivery: delivery.kept };
		}
		if (delivery.elsewhere !== undefined) return { ok: true, result: `not of the sheet '${config.sheet}'` };
		if (config.credentials === undefined) return { ok: true, delivery: delivery.row };
		for (const [old, at] of seen) if (at < now - 2 * WINDOW_MS) seen.delete(old);
		if (seen.has(signature)) return { ok: true, result: 'duplicate' };
		seen.set(signature, now);
		return { ok: true, result: 'looking', look: true };
	};
}

type Posted =
	| { readable: false; kept: Delivery }
	| { readable: true; elsewhere: true }
	| { readable: true; elsewhere?: undefined; row: Delivery };

function deliveryOf(config: SheetConfig, timestamp: string, body: Buffer): Posted {
	const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
	const base = { source: config.id, topic: 'row', deliveryKey: `post/${timestamp}/${digest}`, body, headers: {} };
	const given = parse(body);
	if (given === undefined) return { readable: false, kept: base };
	const { spreadsheetId, sheet, values, sentAt } = given;
	if (spreadsheetId !== undefined && spreadsheetId !== config.spreadsheet) return { readable: true, elsewhere: true };
	if (sheet !== undefined && sheet !== config.sheet) return { readable: true, elsewhere: true };
	const own = new Set([config.status, ...Object.values(config.columns)]);
	const content = Object.entries(Object(values) as object).filter(([name]) => !own.has(name));
	const written = textOfAll(content.sort());
	if (written === undefined) return { readable: false, kept: base };
	const hash = createHash('sha256').update(written).digest('base64url').slice(0, 22);
	return {
		readable: true,
		row: {
			...base,
			...(content.length > 0 ? { eventKey: contentKey(hash, 0) } : {}),
			...(typeof sentAt === 'string' ? { triggeredAt: sentAt } : {}),
		},
	};
}

/** Undefined for values nested so deeply that they can be parsed and not be written again; cells hold none. */
function textOfAll(content: object): string | undefined {
	try {
		return JSON.stringify(content);
	} catch {
		return undefined;
	}
}

function parse(body: Buffer): Record<string, unknown> | undefined {
	try {
		const given: unknown = JSON.parse(body.toString('utf8'));
		return typeof given === 'object' && given !== null && !Array.isArray(given)
			? (given as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}

const textOf = (header: string | string[] | undefined): string | undefined =>
	typeof header === 'string' && header !== '' ? header : undefined;
