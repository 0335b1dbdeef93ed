import type { IncomingHttpHeaders } from 'node:http';
import { headerValue, keepHeaders } from '../shop/request';

const NAMES = {
	signature: 'x-wc-webhook-signature',
	topic: 'x-wc-webhook-topic',
	source: 'x-wc-webhook-source',
	deliveryId: 'x-wc-webhook-delivery-id',
};

/** Never kept: the signature, and what belongs to the connection rather than to the delivery. */
const KEPT = [
	NAMES.topic,
	NAMES.source,
	NAMES.deliveryId,
	'x-wc-webhook-id',
	'x-wc-webhook-resource',
	'x-wc-webhook-event',
	'content-type',
];

export interface WooCommerceHeaders {
	signature: string | undefined;
	/** "order.updated" */
	topic: string;
	/** Address of the shop: "https://shop.example/". */
	source: string;
	/** Shared by all that one webhook sends in one second. */
	deliveryId: string | undefined;
	/** Names of required headers that did not come. */
	missing: string[];
}

export function readHeaders(headers: IncomingHttpHeaders): WooCommerceHeaders {
	return {
		signature: headerValue(headers, NAMES.signature),
		topic: headerValue(headers, NAMES.topic)?.toLowerCase() ?? '',
		source: headerValue(headers, NAMES.source) ?? '',
		deliveryId: headerValue(headers, NAMES.deliveryId),
		missing: [NAMES.topic, NAMES.source].filter((name) => headerValue(headers, name) === undefined),
	};
}

/** The headers worth storing, for replays and for people. */
export const keptHeaders = (headers: IncomingHttpHeaders): Record<string, string> => keepHeaders(headers, KEPT);
