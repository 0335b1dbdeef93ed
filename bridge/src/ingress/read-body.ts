import type { IncomingMessage } from 'node:http';

export type BodyReading = { ok: true; body: Buffer } | { ok: false; reason: 'too-large' | 'cut-off' };

/** Reads the bytes as they came, up to `limit`. A longer body is not read further: the caller answers and closes. */
export function readBody(request: IncomingMessage, limit: number): Promise<BodyReading> {
	return new Promise((resolve) => {
		if (Number(request.headers['content-length'] ?? 0) > limit) {
			resolve({ ok: false, reason: 'too-large' });
			return;
		}
		const chunks: Buffer[] = [];
		let size = 0;
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > limit) {
				request.pause();
				resolve({ ok: false, reason: 'too-large' });
			} else chunks.push(chunk);
		});
		request.on('end', () => {
			const [only] = chunks;
			resolve({ ok: true, body: chunks.length === 1 && only ? only : Buffer.concat(chunks, size) });
		});
		// A connection that breaks closes the request; Node tells of its error only those who listen for it.
		request.on('close', () => {
			resolve({ ok: false, reason: 'cut-off' });
		});
	});
}
