export interface Fault {
	/** Only for this operation; for any when absent. */
	operation?: string;
	/** Only when the body, else the query or path, has these values. */
	match?: Record<string, unknown>;
	/** How often it strikes: 1 when absent. */
	times?: number | 'always';
	/** Answer this status instead. */
	status?: number;
	/** With `status`: answer this body, as text when it is a string. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Seconds, or an HTTP date. */
	retryAfter?: number | string;
	/** Wait before answering (after the message was taken, unless the fault keeps it from being taken). */
	delayMs?: number;
	/** Cut the connection before or after the request was carried out, or in the middle of the answer. */
	reset?: 'before' | 'after' | 'during';
	/** Answer 200 (or `status`) with something that is not JSON. */
	garbage?: true;
	/** Carry the request out although the answer is an error: a gateway that gave up too early. */
	taken?: boolean;
}

/** Faults waiting to strike; the first one that fits a request is used. */
export class Faults {
	private queue: { fault: Fault; left: number }[] = [];

	add(fault: Fault): void {
		this.queue.push({ fault, left: fault.times === 'always' ? Infinity : (fault.times ?? 1) });
	}

	take(operation: string, values: Record<string, unknown>): Fault | undefined {
		const found = this.queue.find(({ fault }) => fits(fault, operation, values));
		if (!found) return undefined;
		found.left -= 1;
		if (found.left <= 0) this.queue = this.queue.filter((entry) => entry !== found);
		return found.fault;
	}

	list(): { fault: Fault; left: number | 'always' }[] {
		return this.queue.map(({ fault, left }) => ({ fault, left: Number.isFinite(left) ? left : 'always' }));
	}

	clear(): void {
		this.queue = [];
	}
}

/** Whether the request is carried out in spite of the fault. */
export const isCarriedOut = (fault: Fault): boolean =>
	fault.taken ??
	(fault.reset === 'after' || fault.reset === 'during' || (fault.reset === undefined && fault.status === undefined));

const fits = (fault: Fault, operation: string, values: Record<string, unknown>): boolean =>
	(fault.operation === undefined || fault.operation === operation) &&
	Object.entries(fault.match ?? {}).every(([field, value]) => String(values[field]) === String(value));
