import type { Response } from 'express';

/** Phone pages that are open in a browser, told by Server-Sent Events when there is something new. */
export class OpenPhones {
	private readonly pages = new Set<Response>();
	private readonly timers = new Set<NodeJS.Timeout>();

	open(page: Response): void {
		page.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders();
		page.write('data: opened\n\n');
		this.pages.add(page);
		page.on('close', () => this.pages.delete(page));
	}

	changed(inMs = 0): void {
		if (inMs > 0) {
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				this.changed();
			}, inMs).unref();
			this.timers.add(timer);
			return;
		}
		for (const page of this.pages) page.write('data: changed\n\n');
	}

	close(): void {
		for (const timer of this.timers) clearTimeout(timer);
		for (const page of this.pages) page.end();
	}
}
