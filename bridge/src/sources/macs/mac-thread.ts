import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LARGEST_BODY, MOST_KEYS, newMemory, SLOTS, Slots } from './slots';

/** The MACs of one body, in the order of the secrets. */
export type Macs = readonly Buffer[];
/** Computes them ahead of the check; undefined when the check may as well do it itself. */
export type MacsAhead = (body: Buffer) => Promise<Macs | undefined> | undefined;

interface Asked {
	keySet: number;
	resolve: (macs?: Macs) => void;
}

/** So many webhooks at once are a burst: below that, handing a body over costs more time than it saves. */
const BURST = 4;
/** The thread is woken after so many, and when the event loop goes round. */
const WAKE_EVERY = 4;

/**
 * A thread that computes signatures in a burst: they are a third of what a webhook costs before its answer. It only ever does
 * arithmetic: what is compared with what, and what follows, is decided by each source's `verify` on the main thread.
 */
export class MacThread {
	readonly #keySets: (readonly string[])[] = [];
	readonly #file = join(__dirname, 'mac-worker.js');
	#worker: Worker | undefined;
	#slots: Slots | undefined;
	#asked: (Asked | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);
	#isClosed = false;
	#put = 0;
	#done = 0;
	/** Webhooks that came since the event loop last went round. */
	#recent = 0;
	#burst = false;

	/** For the webhooks of one source. */
	ahead(secrets: readonly string[]): MacsAhead {
		const keySet = this.#keySets.push(secrets) - 1;
		if (secrets.length === 0 || secrets.length > MOST_KEYS || !existsSync(this.#file)) return () => undefined;
		return (body) => this.#ask(keySet, body);
	}

	/** Those under way are left to their own checks. */
	close(): void {
		this.#isClosed = true;
		void this.#worker?.terminate();
		this.#lose();
	}

	#ask(keySet: number, body: Buffer): Promise<Macs | undefined> | undefined {
		this.#collect();
		if (this.#isClosed || !this.#inBurst() || body.length > LARGEST_BODY) return undefined;
		this.#worker ??= this.#start();
		if (!this.#slots || this.#put - this.#done >= SLOTS) return undefined;
		const number = this.#put;
		this.#slots.put(number, keySet, body);
		this.#put += 1;
		this.#slots.publish(this.#put);
		if (this.#put % WAKE_EVERY === 0) this.#slots.wake();
		return new Promise((resolve) => {
			this.#asked[number % SLOTS] = { keySet, resolve };
		});
	}

	/** Once begun it goes on until a turn brings a single webhook. */
	#inBurst(): boolean {
		if (this.#recent === 0)
			setImmediate(() => {
				this.#burst = this.#recent > (this.#burst ? 1 : BURST);
				this.#recent = 0;
				this.#slots?.wake();
			});
		this.#recent += 1;
		return this.#burst || this.#recent > BURST || this.#put > this.#done;
	}

	#collect(): void {
		const slots = this.#slots;
		for (const done = slots?.done ?? 0; slots && (this.#done | 0) !== done; this.#done += 1) {
			const { keySet, resolve } = this.#asked[this.#done % SLOTS] ?? {};
			const keys = keySet === undefined ? [] : (this.#keySets[keySet] ?? []);
			resolve?.(keys.map((_, index) => slots.mac(this.#done, index)));
		}
	}

	#lose(): void {
		this.#slots = undefined;
		for (; this.#done < this.#put; this.#done += 1) this.#asked[this.#done % SLOTS]?.resolve();
	}

	#start(): Worker {
		const slots = new Slots(newMemory());
		const worker = new Worker(this.#file, { workerData: { memory: slots.memory, keySets: this.#keySets } });
		worker.on('message', (what) => {
			if (what === 'ready') this.#slots = slots;
			else this.#collect();
		});
		// Without it each check does its own arithmetic, slower and as well.
		worker.on('error', () => this.#lose()).on('exit', () => this.#lose());
		worker.unref();
		return worker;
	}
}
