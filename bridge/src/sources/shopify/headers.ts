import type { ShopifyEventsHeader, ShopifyHeader } from '@shopify/shopify-api';
import type { IncomingHttpHeaders } from 'node:http';
import { headerValue, keepHeaders } from '../shop/request';

interface HeaderNames {
	hmac: string;
	topic: string;
	shop: string;
	apiVersion: string;
	webhookId: string;
	eventId: string;
	triggeredAt: string;
}
type Sdk = typeof ShopifyEventsHeader;

/** The compiler checks these names against Shopify's own package; importing its code would cost a start 19 MB. */
const WEBHOOKS = {
	hmac: 'x-shopify-hmac-sha256' satisfies Lowercase<ShopifyHeader.Hmac>,
	topic: 'x-shopify-topic' satisfies Lowercase<ShopifyHeader.Topic>,
	shop: 'x-shopify-shop-domain' satisfies Lowercase<ShopifyHeader.Domain>,
	apiVersion: 'x-shopify-api-version' satisfies Lowercase<ShopifyHeader.ApiVersion>,
	webhookId: 'x-shopify-webhook-id' satisfies Lowercase<ShopifyHeader.WebhookId>,
	eventId: 'x-shopify-event-id' satisfies Lowercase<ShopifyHeader.EventId>,
	triggeredAt: 'x-shopify-triggered-at' satisfies Lowercase<ShopifyHeader.TriggeredAt>,
};
/** The second scheme, "Events", a developer preview in 2026. */
const EVENTS = {
	hmac: 'shopify-hmac-sha256' satisfies Sdk['Hmac'],
	topic: 'shopify-topic' satisfies Sdk['Topic'],
	shop: 'shopify-shop-domain' satisfies Sdk['Domain'],
	apiVersion: 'shopify-api-version' satisfies Sdk['ApiVersion'],
	webhookId: 'shopify-webhook-id' satisfies Sdk['WebhookId'],
	/** Sent by early previews only; the package names it up to version 13. */
	eventId: 'shopify-event-id',
	triggeredAt: 'shopify-triggered-at' satisfies Sdk['TriggeredAt'],
};
const EVENTS_ACTION = 'shopify-action' satisfies Sdk['Action'];

/** Never kept: the signature, and what belongs to the connection rather than to the delivery. */
const KEPT = [
	...Object.values(WEBHOOKS),
	...Object.values(EVENTS),
	'x-shopify-sub-topic',
	'x-shopify-name',
	'x-shopify-test',
	'shopify-handle',
	EVENTS_ACTION,
	'shopify-resource-id',
	'content-type',
].filter((name) => name !== WEBHOOKS.hmac && name !== EVENTS.hmac);

export interface ShopifyHeaders {
	signature: string | undefined;
	/** "orders/create". */
	topic: string;
	shop: string;
	webhookId: string;
	eventId: string | undefined;
	triggeredAt: string | undefined;
	/** Names of required headers that did not come. */
	missing: string[];
}

/** Reads whichever family signed the request: where shopify-hmac-sha256 is present, it alone decides. */
export function readHeaders(headers: IncomingHttpHeaders): ShopifyHeaders {
	const preview = headerValue(headers, EVENTS.hmac) !== undefined;
	const names: HeaderNames = preview ? EVENTS : WEBHOOKS;
	const required = [names.topic, names.shop, names.apiVersion, names.webhookId, ...(preview ? [names.eventId] : [])];
	const topic = headerValue(headers, names.topic)?.toLowerCase() ?? '';
	const action = preview ? headerValue(headers, EVENTS_ACTION)?.toLowerCase() : undefined;
	return {
		signature: headerValue(headers, names.hmac),
		topic: action === undefined ? topic : `${topic}/${action}`,
		shop: headerValue(headers, names.shop)?.toLowerCase() ?? '',
		webhookId: headerValue(headers, names.webhookId) ?? '',
		eventId: headerValue(headers, names.eventId),
		triggeredAt: headerValue(headers, names.triggeredAt),
		missing: required.filter((name) => headerValue(headers, name) === undefined),
	};
}

/** The headers worth storing, for replays and for people. */
export const keptHeaders = (headers: IncomingHttpHeaders): Record<string, string> => keepHeaders(headers, KEPT);
