/** What came back from the API, or why nothing did. */
export type Failed =
	| { kind: 'answer'; status: number; body: unknown; retryAfterMs?: number }
	/** `sent`: it may have been carried out although no answer came. */
	| { kind: 'silence'; host: string; reason: string; sent: boolean };

/** A call that did not work. Becomes a NodeApiError with advice where the item is known. */
export class ApiFailure extends Error {
	override name = 'ApiFailure';
	constructor(readonly failed: Failed) {
		super(failed.kind === 'answer' ? `HTTP ${failed.status}` : failed.reason);
	}
}
