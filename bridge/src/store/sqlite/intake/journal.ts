import { closeSync, fdatasync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writevSync } from 'node:fs';
import { dirname } from 'node:path';

interface Waiting {
	buffers: readonly Buffer[];
	resolve: () => void;
	reject: (error: unknown) => void;
}

/**
 * A file that bytes are appended to, and emptied. What comes while one sync runs shares the next: one fdatasync a batch.
 * The write is synchronous (into the page cache, 1 µs a kB), the sync is not: the thread answers others meanwhile.
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
		this.file = openSync(path, 'a+', 0o600);
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
		let length: number;
		try {
			if (this.torn) ftruncateSync(this.file, this.synced);
			this.torn = true;
			length = writeAll(
				this.file,
				batch.flatMap(({ buffers }) => buffers),
			);
		} catch (error) {
			this.finish(batch, error);
			return;
		}
		fdatasync(this.file, (error) => {
			if (!error) {
				this.torn = false;
				this.synced += length;
			}
			this.finish(batch, error);
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

/** The system takes 1,024 buffers at once, and fewer bytes than given when the disk fills: what is left is written next. */
function writeAll(file: number, buffers: readonly Buffer[]): number {
	let total = 0;
	for (let left = [...buffers]; left.length > 0;) {
		let written = writevSync(file, left);
		total += written;
		let first = 0;
		for (; first < left.length && written >= (left[first]?.length ?? 0); first += 1)
			written -= left[first]?.length ?? 0;
		left = left.slice(first);
		const [cut] = left;
		if (cut) left[0] = cut.subarray(written);
	}
	return total;
}
