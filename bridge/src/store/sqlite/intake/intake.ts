import type { Delivery } from '../../../domain';
import type { EventTimes } from '../../store';
import { Journal } from './journal';
import { decodeRecord, encodeRecord, type IntakeRecord, recordLength } from './record';
import { digestOf, SeenKeys } from './seen-keys';

/** What the intake needs of the ledger's tables. */
export interface IntakeTables {
	/** Is there an event with one of these keys? */
	knows(delivery: Delivery): boolean;
	/** The keys of events after this row, a page of them, with the last row of the page; undefined when there are no more. */
	keysAfter(
		row: number,
	): { row: number; deliveries: Pick<Delivery, 'source' | 'deliveryKey' | 'eventKey'>[] } | undefined;
	/** The highest row of the events, 0 when there is none. */
	lastRow(): number;
	/** Writes events in one transaction; one whose row or keys are there already is passed over. Durable when it returns. */
	insert(records: readonly IntakeRecord[]): void;
}

/** The largest move: some 200 usual orders, under 10 ms. The thread answers shops between two of them. */
const MOVE_BYTES = 1024 * 1024;
/** How long what was moved stays in the journal; a start passes it over. */
const FORGET_MS = 1_000;
/** Beyond this, each arrival pays for a move: a start after a crash moves them all before it answers, in some 10 s. */
const MOST_WAITING = 200_000;

/**
 * Digests of the keys, numbers: a hundred thousand of them cost next to nothing. Two keys that share one cost the second its shortcut,
 * as the tables decide then: all that waits is moved into them first, which takes a second when there is much.
 */
const keysOf = ({
	source,
	deliveryKey,
	eventKey,
}: Pick<Delivery, 'source' | 'deliveryKey' | 'eventKey'>): readonly number[] => {
	const delivery = digestOf('d', source, deliveryKey);
	return eventKey === undefined ? [delivery] : [delivery, digestOf('e', source, eventKey)];
};

/**
 * Where deliveries are on disk before they are in the tables: a journal beside the ledger, appended to and synced. An append
 * costs a fifth of an insert with its indexes, so a burst is acknowledged at the speed of the disk (docs/adr/0002).
 * They are moved into the tables, oldest first, when somebody asks for events; a start moves all that a crash left.
 */
export class Intake {
	/** Keys of deliveries that are here, or on their way into the tables; how often each. */
	private readonly keys = new Map<number, number>();
	private readonly journal: Journal;
	/** Keys of all events; undefined until those in the tables are read, some at a time. */
	private seen: SeenKeys | undefined;
	private closed = false;
	private waiting = 0;
	private moved = 0;
	/** Every row up to this one is in the tables: rows stand in the journal in their order. */
	private movedRow = 0;
	private row = 0;
	private forgetting: NodeJS.Timeout | undefined;

	constructor(
		path: string,
		private readonly tables: IntakeTables,
	) {
		this.journal = new Journal(path);
		// What follows the last whole record was never acknowledged: its sync had not ended.
		while (this.moveSome() > 0);
		this.journal.empty();
		this.moved = this.waiting = 0;
		this.row = this.movedRow = tables.lastRow();
		this.readKeys(new SeenKeys(), 0);
	}

	/** Deliveries that are on disk and not yet in the tables. */
	get size(): number {
		return this.waiting;
	}

	/** The row of the next event. */
	nextRow(): number {
		return (this.row += 1);
	}

	/**
	 * Takes a delivery; resolves with its row when it is on disk. Undefined at once when it may repeat one that is stored, or
	 * is being stored: only the tables can tell which.
	 */
	add(delivery: Delivery, at: EventTimes): Promise<number> | undefined {
		const keys = keysOf(delivery);
		for (const key of keys) if (this.keys.has(key)) return undefined;
		if (this.maybeSeen(keys) && this.tables.knows(delivery)) return undefined;
		if (this.waiting >= MOST_WAITING) this.move();
		const row = this.nextRow();
		this.take(keys);
		return this.journal.append(encodeRecord(row, delivery, at)).then(
			() => {
				this.waiting += 1;
				return row;
			},
			(error: unknown) => {
				this.release(keys);
				throw error;
			},
		);
	}

	/** Runs `work` when all that came before is in the tables; until it ends, none with the same keys passes it by. */
	async inTables<T>(delivery: Delivery, work: () => Promise<T>): Promise<T> {
		const keys = keysOf(delivery);
		this.take(keys);
		try {
			await this.ping();
			await this.moveAll();
			return await work();
		} finally {
			this.release(keys);
		}
	}

	/** Moves the oldest into the tables: at least one, and some `bytes` of them. */
	move(bytes = MOVE_BYTES): void {
		if (this.waiting === 0) return;
		const count = this.moveSome(bytes);
		if (count === 0) throw new Error(`the journal of the ledger cannot be read at byte ${this.moved}`);
		this.waiting -= count;
		if (this.moved === this.journal.length) this.forgetSoon();
	}

	/** Moves until the event of this row is in the tables, if it is here. */
	moveTo(row: number): void {
		if (row > this.row) return;
		while (this.waiting > 0 && this.movedRow < row) this.move();
	}

	/** Moves all that is on disk now. */
	async moveAll(): Promise<void> {
		for (let left = this.waiting; left > 0; left = Math.min(left, this.waiting)) {
			const before = this.waiting;
			this.move();
			left -= before - this.waiting;
			if (left > 0) await new Promise(setImmediate);
		}
	}

	/** Resolves when the disk takes a sync of the journal. */
	ping(): Promise<void> {
		return this.journal.append([]);
	}

	/** Leaves an empty journal; when the tables take nothing (disk full), what waits stays for the next start. */
	async close(): Promise<void> {
		this.closed = true;
		await this.journal.rest();
		try {
			while (this.waiting > 0) this.move();
			this.journal.empty();
		} finally {
			clearTimeout(this.forgetting);
			this.journal.close();
		}
	}

	private moveSome(most = MOVE_BYTES): number {
		let bytes = this.journal.read(this.moved, most);
		const length = recordLength(bytes) ?? 0;
		if (length > bytes.length) bytes = this.journal.read(this.moved, length);
		const records: IntakeRecord[] = [];
		let at = 0;
		let row = this.movedRow;
		for (let record; (record = decodeRecord(bytes.subarray(at))); at += recordLength(bytes.subarray(at)) ?? 0) {
			// What stood there before: it was moved, and forgotten, and not yet written over.
			if (record.row <= row) break;
			row = record.row;
			records.push(record);
		}
		if (records.length > 0) this.tables.insert(records);
		this.moved += at;
		this.movedRow = row;
		for (const { delivery } of records) this.release(keysOf(delivery));
		return records.length;
	}

	private maybeSeen(keys: readonly number[]): boolean {
		return this.seen === undefined || keys.some((key) => this.seen?.mayHold(key));
	}

	/** Those of a large ledger take a second: shops are answered meanwhile. What comes meanwhile is read as well. */
	private readKeys(seen: SeenKeys, from: number): void {
		if (this.closed) return;
		const page = this.tables.keysAfter(from);
		for (const delivery of page?.deliveries ?? []) for (const key of keysOf(delivery)) seen.add(key);
		if (page) setImmediate(() => this.readKeys(seen, page.row));
		else {
			for (const key of this.keys.keys()) seen.add(key);
			this.seen = seen;
		}
	}

	/** Not while an order is on its way, unless there are many. */
	private forgetSoon(): void {
		if (this.moved > MOVE_BYTES) this.forgetIfMoved();
		else this.forgetLater();
	}

	private forgetLater(): void {
		this.forgetting ??= setTimeout(() => this.forgetIfMoved(), FORGET_MS).unref();
	}

	private forgetIfMoved(): void {
		clearTimeout(this.forgetting);
		this.forgetting = undefined;
		if (this.closed || this.moved < this.journal.length) return;
		if (this.journal.idle) {
			this.journal.forget();
			this.moved = 0;
		}
		// What is on its way may be a mere ping, which nobody moves.
		else this.forgetLater();
	}

	private take(keys: readonly number[]): void {
		for (const key of keys) {
			this.keys.set(key, (this.keys.get(key) ?? 0) + 1);
			this.seen?.add(key);
		}
	}

	private release(keys: readonly number[]): void {
		for (const key of keys) {
			const left = (this.keys.get(key) ?? 0) - 1;
			if (left > 0) this.keys.set(key, left);
			else this.keys.delete(key);
		}
	}
}
