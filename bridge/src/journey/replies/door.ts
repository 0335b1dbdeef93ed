import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../config/config';
import type { Verdict } from '../../domain';
import { isOfRecord, isOfWhatsApp, toInbound } from '../../messlo/inbound';
import type { Verify } from '../../sources/source';
import { keysOf, REPLIES, WRITTEN } from './delivery';

const LARGEST = 64 * 1024;
const WAYS = 'Send the header X-Bridge-Secret, or Authorization: Bearer, with replies.secret of the configuration.';

/**
 * The address for a flow's API node. `polls`: the inbox is looked at as well, so a post that names no message only makes the
 * look come sooner: kept under a name of its own, the same message would count twice.
 */
export function repliesDoor({ secret }: Config['replies'], polls: () => boolean): Verify {
	const wanted = secret === undefined ? undefined : digest(secret);
	return ({ headers, body }) => {
		if (wanted === undefined)
			return refused(
				401,
				'no-secret-configured',
				'Set replies.secret in the configuration; without it nothing posted here is believed.',
			);
		const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
		const given = headers['x-bridge-secret'] ?? bearer;
		if (typeof given !== 'string') return refused(401, 'missing-secret', WAYS);
		if (!timingSafeEqual(digest(given), wanted)) return refused(401, 'bad-secret', WAYS);
		if (body === undefined || body.length === 0) return refused(400, 'empty-body', 'The body is empty.');
		if (body.length > LARGEST) return refused(413, 'too-large', `The body is larger than ${LARGEST / 1024} kB.`);
		return read(body, polls());
	};
}

function read(body: Buffer, polls: boolean): Verdict {
	const delivery = { source: REPLIES, topic: WRITTEN, headers: {}, body };
	const record = parsed(body);
	const { ids, from, at } = record === undefined ? { ids: [] } : toInbound(record);
	const lack =
		record === undefined
			? 'The body is no JSON object.'
			: from === undefined
				? "It does not say whom it is from: give the sender's number as 'from'."
				: undefined;
	if (lack !== undefined) {
		const deliveryKey = `body/${createHash('sha256').update(body).digest('base64url').slice(0, 22)}`;
		return { ok: false, status: 422, reason: 'unreadable', detail: lack, delivery: { ...delivery, deliveryKey } };
	}
	const steady = ids.filter((id) => isOfWhatsApp(id) || isOfRecord(id));
	const names = steady.length > 0 || polls ? steady : ids;
	if (names.length > 0)
		return { ok: true, delivery: { ...delivery, ...keysOf(names), ...(at ? { triggeredAt: at.toISOString() } : {}) } };
	if (polls) return { ok: true, result: 'looked-for', look: true };
	return refused(
		400,
		'no-message-id',
		"Give the id of the message as 'id': without it, one that is posted twice would count twice.",
	);
}

const refused = (status: 400 | 401 | 413, reason: string, detail: string): Verdict => ({
	ok: false,
	status,
	reason,
	detail,
});

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function parsed(body: Buffer): object | undefined {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
