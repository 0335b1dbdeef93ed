import type { IncomingHttpHeaders } from 'node:http';
import type { Delivery, Reading, Shop, Verdict } from '../domain';
import type { Feed } from './feed';
import type { ShopAdmin } from './shop-admin';

export interface WebhookRequest {
	/** As node:http gives them: names in lower case. */
	headers: IncomingHttpHeaders;
	/** The bytes as they came; undefined when the request had none. */
	body: Buffer | undefined;
	/** Of the body with each of the source's secrets, where they were computed ahead. */
	macs?: readonly Buffer[];
	/** When it came, by the bridge's clock: some senders sign a time. */
	receivedAt?: Date;
}

/** What is needed of a stored delivery to read it again. */
export type StoredDelivery = Pick<Delivery, 'topic' | 'body' | 'headers'>;

/** What the ledger has of the same subject, for sources whose payloads say how things stand and not what happened. */
export interface Known {
	/** The newest state that is older than this one. */
	previous?: StoredDelivery;
	/** A newer state is stored already: this one came late, or is read again. */
	overtaken: boolean;
	/** That newer state. */
	newest?: StoredDelivery;
	/** It was stored before this one, and has told what there was to tell. The same on every replay. */
	late?: boolean;
}

/** Says whether these bytes come from this source. Runs before the answer, so it is quick and waits for nothing. */
export type Verify = (request: WebhookRequest) => Verdict;

export type SourceKind = 'shopify' | 'woocommerce' | 'google-sheets' | 'google-calendar';

/** A configured shop, sheet or calendar. One object a source, so the tenant is chosen by the URL path alone. */
export interface Source {
	readonly id: string;
	readonly kind: SourceKind;
	/** Whom its messages are from: `shop.*` in mappings. */
	readonly shop: Shop;
	/** What may be posted to `/webhooks/<kind>/<id of the source>`, by the kind in the address. */
	readonly doors: Readonly<Record<string, Verify>>;
	/** HMAC secrets that may sign what is posted; each empty one left out. */
	readonly secrets?: readonly string[];
	/** Says what a verified delivery means. Pure: the same delivery, with the same known, reads the same on every replay. */
	read(delivery: StoredDelivery, known?: Known): Reading;
	/** Of sources that compare: what a delivery is a state of, and when it was so; undefined when it cannot be told. */
	stateOf?(delivery: StoredDelivery): { subject: string; occurredAt: Date } | undefined;
	/** Of sources that do not compare: the order that a delivery is about, told without reading it whole. */
	subjectOf?(delivery: StoredDelivery): string | undefined;
	/** Liquid that gives the number, where it is not in an order. */
	readonly phone?: string;
	/** The shop's own API, where the configuration has a key for it. */
	readonly admin?: ShopAdmin;
	/** What is fetched rather than received. */
	readonly feed?: Feed;
}
