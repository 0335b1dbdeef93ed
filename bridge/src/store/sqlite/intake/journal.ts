import {
	closeSync,
	constants,
	fdatasync,
	fstatSync,
	fsyncSync,
	ftruncateSync,
	openSync,
	readSync,
	writev,
} from 'node:fs';
import { dirname } from 'node:path';

interface Waiting {
	buffers: readonly Buffer[];
	resolve: () => void;
	reject: (error: unknown) => void;
}

/**
 * On Linux a write ends when it is on disk, as if fdatasync followed: one call off the thread instead of two, each of which ends only
 * when the thread looks. Elsewhere the flag is missing, or means less.
 */
const WRITES_SYNC = process.platform === 'linux';
const { O_CREAT, O_DSYNC, O_RDWR } = constants;
/** What is left of a storm takes no more of the disk than this: some 50,000 orders. */
const KEEP_BYTES = 256 * 1024 * 1024;
const ZEROS = Buffer.alloc(256 * 1024);

/**
 * A file that bytes are appended to, and forgotten: they become zeros, and the next ones are written in their place. A write that makes a
 * file longer has the system sync its own books as well, and takes half as long again. What comes while one sync runs shares
 * the next: one sync a batch. Neither the write nor the sync holds the thread up: it answers others meanwhile.
 */
export class Journal {
	private readonly file: number;
	private waiting: Waiting[] = [];
	/** Appended, and neither on disk nor rejected. */
	private pending = 0;
	/** Something is being written, or will be. */
	private scheduled = false;
	private rested: (() => void)[] = [];
	/** Everything before this is on disk. */
	private synced: number;
	/** What was forgotten and stands on the disk yet; only what is beyond `synced`. */
	private stale = { from: 0, to: 0 };
	/** A write failed, and what it left is still there: appended to, it would hide all that follows. */
	private torn = false;

	constructor(path: string) {
		// Readable by its owner alone: it holds orders.
		this.file = openSync(path, O_CREAT | O_RDWR | (WRITES_SYNC ? O_DSYNC : 0), 0o600);
		this.synced = fstatSync(this.file).size;
		syncFolder(dirname(path));
	}

	/** Bytes that are on disk. */
	get length(): number {
		return this.synced;
	}

	/** Resolves when the bytes are on disk; rejects when they are not, and then nothing of them stays. */
	append(buffers: readonly Buffer[]): Promise<void> {
		return new Promise((resolve, reject) => {
			this.waiting.push({ buffers, resolve, reject });
			this.pending += 1;
			this.wake();
		});
	}

	/** Nothing is being appended. */
	get idle(): boolean {
		return this.pending === 0;
	}

	/** What stands at `from`, at most `length` bytes. */
	read(from: number, length: number): Buffer {
		const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.synced - from)));
		let got = 0;
		while (got < bytes.length) {
			const count = readSync(this.file, bytes, got, bytes.length - got, from + got);
			if (count === 0) break;
			got += count;
		}
		return bytes.subarray(0, got);
	}

	/** Begins anew, only while idle: what stands here is overwritten, from the front, while nothing is appended. */
	forget(): void {
		if (this.synced > KEEP_BYTES) ftruncateSync(this.file, KEEP_BYTES);
		this.stale = { from: 0, to: Math.min(KEEP_BYTES, Math.max(this.stale.to, this.synced)) };
		this.synced = 0;
		this.wake();
	}

	/** Resolves when nothing is being written. */
	rest(): Promise<void> {
		return new Promise((resolve) => {
			this.rested.push(resolve);
			this.wake();
		});
	}

	/** Leaves an empty file; only when it rests. */
	empty(): void {
		this.cut(0);
	}

	/** Only when it rests. */
	close(): void {
		closeSync(this.file);
	}

	private wake(): void {
		if (this.scheduled) return;
		this.scheduled = true;
		this.soon();
	}

	/** When all that has come by now was read: it shares the sync. */
	private soon(): void {
		setImmediate(() => {
			if (this.waiting.length > 0) this.sync();
			else if (this.rested.length === 0 && this.stale.from < this.stale.to) this.wipe();
			else {
				this.scheduled = false;
				for (const resolve of this.rested.splice(0)) resolve();
			}
		});
	}

	private sync(): void {
		const batch = this.waiting;
		this.waiting = [];
		const buffers = batch.flatMap((each) => each.buffers);
		try {
			if (this.torn) this.cut(this.synced);
		} catch (error) {
			this.finish(batch, error);
			return;
		}
		this.torn = true;
		this.write(buffers, this.synced, (error) => {
			if (!error) {
				this.torn = false;
				for (const { length } of buffers) this.synced += length;
				this.stale.from = Math.max(this.stale.from, this.synced);
			}
			this.finish(batch, error);
		});
	}

	private finish(batch: readonly Waiting[], error: unknown): void {
		this.pending -= batch.length;
		for (const { resolve, reject } of batch) {
			if (error) reject(error);
			else resolve();
		}
		this.soon();
	}

	private wipe(): void {
		const { from, to } = this.stale;
		const end = Math.min(to, from + ZEROS.length);
		this.write([ZEROS.subarray(0, end - from)], from, (error) => {
			if (error) this.dropStale();
			// Else it was told to forget more meanwhile.
			else if (this.stale.from === from) this.stale.from = end;
			this.soon();
		});
	}

	/** A disk that takes no zeros may give the space back. */
	private dropStale(): void {
		this.stale = { from: 0, to: 0 };
		try {
			this.cut(this.synced);
		} catch {
			// It stays, and is passed over: its rows are older than those before it.
		}
	}

	private cut(length: number): void {
		ftruncateSync(this.file, length);
		this.synced = length;
		this.stale.to = Math.min(this.stale.to, length);
	}

	private write(buffers: readonly Buffer[], at: number, done: (error: Error | null) => void): void {
		writeAll(this.file, buffers, at, (failed) => {
			if (failed || (WRITES_SYNC && buffers.length > 0)) done(failed);
			else fdatasync(this.file, done);
		});
	}
}

/** A new file is only there after a power cut when its folder was synced; Windows knows no such call. */
function syncFolder(folder: string): void {
	if (process.platform === 'win32') return;
	const handle = openSync(folder, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/** The system takes fewer bytes than given when the disk fills: what is left is written next, and fails with the reason. */
function writeAll(file: number, buffers: readonly Buffer[], at: number, done: (error: Error | null) => void): void {
	if (buffers.length === 0) {
		done(null);
		return;
	}
	writev(file, buffers, at, (error, bytes) => {
		if (error) {
			done(error);
			return;
		}
		let [first, written] = [0, bytes];
		for (; first < buffers.length && written >= (buffers[first]?.length ?? 0); first += 1)
			written -= buffers[first]?.length ?? 0;
		const left = buffers.slice(first);
		const [cut] = left;
		if (cut) left[0] = cut.subarray(written);
		writeAll(file, left, at + bytes, done);
	});
}
