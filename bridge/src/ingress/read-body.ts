import type { IncomingMessage } from 'node:http';

/** `too-large`: longer than one may be. `no-room`: too much is being received at once. */
export type BodyReading = Buffer | 'too-large' | 'no-room';

export interface BodyLimits {
	/** Bytes of one body. */
	longest: number;
	/** Bytes of all bodies under way. Nothing is known of who sends until a body is whole, and the signature of each is right. */
	together: number;
}

/** Reads bodies. What comes in one piece, as webhooks do, is counted with no other: it is answered before the next one is read. */
export class Bodies {
	private underWay = 0;

	constructor(private readonly limits: BodyLimits) {}

	/**
	 * Reads the bytes as they came. What is refused is not read further: the caller answers and closes. Of a connection that breaks
	 * before the end nothing is told. By callback: two promises for each webhook were a twentieth of its cost.
	 */
	read(request: IncomingMessage, done: (reading: BodyReading) => void): void {
		const { longest, together } = this.limits;
		if (Number(request.headers['content-length'] ?? 0) > longest) {
			done('too-large');
			return;
		}
		let whole: Buffer = NOTHING;
		let size = 0;
		let counted = 0;
		let isRefused = false;
		const giveBack = () => {
			this.underWay -= counted;
			counted = 0;
		};
		/** To twice what is needed, so that a body of five million pieces is not moved five million times. */
		const grow = (needed: number) => {
			const larger = Buffer.allocUnsafe(Math.min(longest, 2 * needed));
			whole.copy(larger, 0, 0, size);
			whole = larger;
			if (counted === 0) request.once('close', giveBack);
			this.underWay += larger.length - counted;
			counted = larger.length;
		};
		const refuse = (why: 'too-large' | 'no-room') => {
			isRefused = true;
			// A request that is answered before its end never closes.
			request.off('close', giveBack);
			giveBack();
			request.pause();
			whole = NOTHING;
			done(why);
		};
		request.on('data', (chunk: Buffer) => {
			if (isRefused) return;
			const needed = size + chunk.length;
			if (needed > longest) {
				refuse('too-large');
				return;
			}
			if (size === 0) whole = chunk;
			else {
				if (needed > whole.length) grow(needed);
				chunk.copy(whole, size);
			}
			size = needed;
			if (counted > 0 && this.underWay > together) refuse('no-room');
		});
		request.on('end', () => {
			if (!isRefused) done(whole.length === size ? whole : whole.subarray(0, size));
		});
	}
}

const NOTHING = Buffer.alloc(0);
