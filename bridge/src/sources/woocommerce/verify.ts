import { createHash } from 'node:crypto';
import type { Delivery, Verdict } from '../../domain';
import { isJson } from '../shop/request';
import { signedWithAny } from '../signature';
import type { WebhookRequest } from '../source';
import { deliveryKey } from './delivery-key';
import { keptHeaders, readHeaders, type WooCommerceHeaders } from './headers';
import { peek, type Peek } from './peek';
import { refuse } from './refusals';

export interface VerifierConfig {
	id: string;
	/** "https://shop.example" */
	url: string;
	secrets: readonly string[];
}

/** What WooCommerce posts when a webhook is made: a form, unsigned, with none of its headers. It wants exactly 200. */
const PING = /^webhook_id=\d{1,20}$/;
const LONGEST_PING = 40;

/** Checks one request, the signature before anything that it covers. Only what is signed with our secret is looked into. */
export function woocommerceVerifier(config: VerifierConfig): (request: WebhookRequest) => Verdict {
	const secrets = config.secrets.filter((secret) => secret !== '');
	const isSigned = signedWithAny(secrets);
	const shop = hostAndPath(config.url);

	return ({ headers, body, macs }) => {
		if (secrets.length === 0) return refuse.noSecret(config.id);
		if (body === undefined || body.length === 0) return refuse.emptyBody();
		const given = readHeaders(headers);
		if (given.signature === undefined)
			return isPing(headers['content-type'], given, body) ? { ok: true, result: 'ping' } : refuse.missingSignature();
		const isSame = hostAndPath(given.source) === shop;
		if (!isSigned(body, given.signature, macs)) return refuse.badSignature(config.url, given.source, isSame);
		if (given.missing.length > 0) return refuse.missingHeaders(given.missing);
		if (!isSame) return refuse.wrongShop(config.url, given.source);

		const seen = peek(body);
		const delivery: Delivery = {
			source: config.id,
			topic: given.topic,
			...keysOf(given, seen, body),
			body,
			headers: keptHeaders(headers),
		};
		if (!isJson(headers['content-type'])) return refuse.unsupportedContentType(headers['content-type'], delivery);
		if (seen.kind === 'unreadable') return refuse.unreadableBody(delivery);
		if (seen.kind === 'error') return refuse.notAllowed(seen.code, delivery);
		return { ok: true, delivery };
	};
}

function isPing(contentType: string | undefined, { missing }: WooCommerceHeaders, body: Buffer): boolean {
	return (
		missing.length > 0 &&
		body.length <= LONGEST_PING &&
		/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '') &&
		PING.test(body.toString('latin1'))
	);
}

/** http or https, with or without the slash at the end: one shop. Undefined for what is no address. */
function hostAndPath(address: string): string | undefined {
	const url = URL.parse(address);
	return url === null ? undefined : url.host.toLowerCase() + url.pathname.replace(/\/+$/, '');
}

/**
 * The state of an order, so that an order that is fetched is known as the one that was posted. A deletion has no date: there the
 * shop's delivery id tells the second from the first. Anything else is known by its bytes: WooCommerce never repeats a delivery.
 */
function keysOf(
	{ topic, deliveryId }: WooCommerceHeaders,
	seen: Peek,
	body: Buffer,
): Pick<Delivery, 'deliveryKey' | 'eventKey'> {
	if (seen.kind === 'order') {
		const key = deliveryKey(topic, seen.order);
		return { deliveryKey: key, eventKey: key };
	}
	const id = seen.kind === 'object' ? seen.id : undefined;
	if (id !== undefined && deliveryId !== undefined) return { deliveryKey: [topic, id, deliveryId].join(' ') };
	return { deliveryKey: [topic, digest(body)].join(' ') };
}

const digest = (body: Buffer): string => createHash('sha256').update(body).digest('base64url').slice(0, 22);
