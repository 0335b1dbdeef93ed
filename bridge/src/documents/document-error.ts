export type DocumentFault = 'layout' | 'time-limit' | 'crash' | 'closed';

/** A document that could not be made. `message` says what to do; nothing about the order is in it. */
export class DocumentError extends Error {
	override name = 'DocumentError';
	readonly fault: DocumentFault;

	constructor(fault: DocumentFault, message: string) {
		super(message);
		this.fault = fault;
	}
}
