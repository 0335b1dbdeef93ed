/**
 * Why a shop did not do what it was asked, by what is to be done:
 * `later` it cannot now (away, or slow down) · `refused` the key is wrong or may not do this, a person has to mend it ·
 * `gone` the order is not there (any more) · `rejected` it will never take this.
 */
export class ShopError extends Error {
	constructor(
		readonly kind: 'later' | 'refused' | 'gone' | 'rejected',
		/** For people: what happened, what to do. No secret. */
		message: string,
		/** What the shop said of when to ask again. */
		readonly retryAfterMs?: number,
	) {
		super(message);
		this.name = 'ShopError';
	}
}
