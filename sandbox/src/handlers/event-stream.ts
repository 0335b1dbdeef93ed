import type { Response } from 'express';

/** An answer of Server-Sent Events. */
export class EventStream {
	/** `open` may send events until it ends the stream; what it returns is called when the client leaves. */
	constructor(private readonly open: (send: (event: string, data: unknown) => void, end: () => void) => () => void) {}

	answer(response: Response): void {
		response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders();
		response.write(': open\n\n');
		const leave = this.open(
			(event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
			() => response.end(),
		);
		response.on('close', leave);
	}
}
