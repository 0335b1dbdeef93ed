import type { IncomingHttpHeaders } from 'node:http';
import type { Delivery, Reading, Verdict } from '../domain';

export interface WebhookRequest {
	/** As node:http gives them: names in lower case. */
	headers: IncomingHttpHeaders;
	/** The bytes as they came; undefined when the request had none. */
	body: Buffer | undefined;
}

/** What is needed of a stored delivery to read it again. */
export type StoredDelivery = Pick<Delivery, 'topic' | 'body' | 'headers'>;

/** A configured shop that posts to us. One object a source, so the tenant is chosen by the URL path alone. */
export interface WebhookSource {
	readonly id: string;
	readonly kind: 'shopify';
	/** Says whether these bytes come from this shop. Runs before the answer, so it is quick and waits for nothing. */
	verify(request: WebhookRequest): Verdict;
	/** Says what a verified delivery means. Pure: the same delivery reads the same on every replay. */
	read(delivery: StoredDelivery): Reading;
}
