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
const { O_APPEND, O_CREAT, O_DSYNC, O_RDWR } = constants;

/**
 * A file that bytes are appended to, and emptied. What comes while one sync runs shares the next: one sync a batch.
 * Neither the write nor the sync holds the thread up: it answers others meanwhile.
 */
export class Journal {
	private readonly file: number;
	private waiting: Waiting[] = [];
	private scheduled = false;
	/** Everything before this is on disk. */
	private synced: number;
	/** A write failed, and what it left is still there: appended to, it would hide all that follows. */
	private torn = false;

	constructor(path: string) {
		// Readable by its owner alone: it holds orders.
		this.file = openSync(path, O_APPEND | O_CREAT | O_RDWR | (WRITES_SYNC ? O_DSYNC : 0), 0o600);
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
			if (this.scheduled) return;
			this.scheduled = true;
			this.soon();
		});
	}

	/** Nothing is being written. */
	get idle(): boolean {
		return !this.scheduled;
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

	/** Forgets everything; only while idle. */
	clear(): void {
		ftruncateSync(this.file, 0);
		this.synced = 0;
	}

	close(): void {
		closeSync(this.file);
	}

	private sync(): void {
		const batch = this.waiting;
		this.waiting = [];
		try {
			if (this.torn) ftruncateSync(this.file, this.synced);
		} catch (error) {
			this.finish(batch, error);
			return;
		}
		this.torn = true;
		const buffers = batch.flatMap((each) => each.buffers);
		const done = (error: Error | null) => {
			if (!error) {
				this.torn = false;
				for (const { length } of buffers) this.synced += length;
			}
			this.finish(batch, error);
		};
		writeAll(this.file, buffers, (failed) => {
			if (failed || (WRITES_SYNC && buffers.length > 0)) done(failed);
			else fdatasync(this.file, done);
		});
	}

	private finish(batch: readonly Waiting[], error: unknown): void {
		for (const { resolve, reject } of batch) {
			if (error) reject(error);
			else resolve();
		}
		if (this.waiting.length > 0) this.soon();
		else this.scheduled = false;
	}

	/** When all that has come by now was read: it shares the sync. */
	private soon(): void {
		setImmediate(() => {
			this.sync();
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
function writeAll(file: number, buffers: readonly Buffer[], done: (error: Error | null) => void): void {
	if (buffers.length === 0) {
		done(null);
		return;
	}
	writev(file, buffers, (error, written) => {
		if (error) {
			done(error);
			return;
		}
		let first = 0;
		for (; first < buffers.length && written >= (buffers[first]?.length ?? 0); first += 1)
			written -= buffers[first]?.length ?? 0;
		const left = buffers.slice(first);
		const [cut] = left;
		if (cut) left[0] = cut.subarray(written);
		writeAll(file, left, done);
	});
}
