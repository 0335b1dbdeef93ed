/** Bodies larger than this are checked on the main thread: nearly all orders are smaller. */
export const LARGEST_BODY = 32 * 1024;
export const MOST_KEYS = 4;
export const MAC_BYTES = 32;
export const SLOTS = 256;
/** Key set and length of the body, as 32-bit integers; the MACs; the body. */
const HEAD = 8;
const BODY_AT = HEAD + MOST_KEYS * MAC_BYTES;
const SLOT_BYTES = BODY_AT + LARGEST_BODY;
/** Before the slots: how many bodies were put in, how many were done, and whether the thread sleeps. */
const CONTROL_BYTES = 64;
const PUT = 0;
const DONE = 1;
const ASLEEP = 2;

export const newMemory = (): SharedArrayBuffer => new SharedArrayBuffer(CONTROL_BYTES + SLOTS * SLOT_BYTES);

/** A ring of slots in memory that two threads share: one puts bodies in, the other works them off in the same order. */
export class Slots {
	readonly #control: Int32Array;
	readonly #bytes: Buffer;

	constructor(readonly memory: SharedArrayBuffer) {
		this.#control = new Int32Array(memory, 0, 3);
		this.#bytes = Buffer.from(memory, CONTROL_BYTES);
	}

	put(number: number, keySet: number, body: Buffer): void {
		const at = this.#at(number);
		this.#bytes.writeInt32LE(keySet, at);
		this.#bytes.writeInt32LE(body.length, at + 4);
		body.copy(this.#bytes, at + BODY_AT);
	}

	taken(number: number): { keySet: number; body: Buffer } {
		const at = this.#at(number);
		const length = this.#bytes.readInt32LE(at + 4);
		return {
			keySet: this.#bytes.readInt32LE(at),
			body: this.#bytes.subarray(at + BODY_AT, at + BODY_AT + length),
		};
	}

	writeMac(number: number, key: number, mac: Buffer): void {
		mac.copy(this.#bytes, this.#at(number) + HEAD + key * MAC_BYTES);
	}

	/** A copy: the slot is used again. */
	mac(number: number, key: number): Buffer {
		const at = this.#at(number) + HEAD + key * MAC_BYTES;
		return Buffer.from(this.#bytes.subarray(at, at + MAC_BYTES));
	}

	/** A thread at work sees it; one that sleeps is to be woken. */
	publish(put: number): void {
		Atomics.store(this.#control, PUT, put | 0);
	}
	/** A call into the system when it sleeps: some µs. */
	wake(): void {
		if (Atomics.load(this.#control, ASLEEP) === 1) Atomics.notify(this.#control, PUT);
	}
	/** Blocks the thread until more than `done` bodies were put in; answers how many. */
	waitForMore(done: number): number {
		if (Atomics.load(this.#control, PUT) === (done | 0)) {
			Atomics.store(this.#control, ASLEEP, 1);
			while (Atomics.load(this.#control, PUT) === (done | 0)) Atomics.wait(this.#control, PUT, done | 0);
			Atomics.store(this.#control, ASLEEP, 0);
		}
		return Atomics.load(this.#control, PUT);
	}
	finish(done: number): void {
		Atomics.store(this.#control, DONE, done | 0);
	}
	get done(): number {
		return Atomics.load(this.#control, DONE);
	}

	#at(number: number): number {
		return (number % SLOTS) * SLOT_BYTES;
	}
}
