import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** FS_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: whatever was not synced by now never reaches the disk. */
const SHUTDOWN = `import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))`;

/** A file system of its own, on a file, that can lose its power. */
export class Disk {
	readonly mounted: string;

	private constructor(private readonly folder: string) {
		this.mounted = join(folder, 'disk');
	}

	static make(megabytes: number): Disk {
		const disk = new Disk(mkdtempSync(join(tmpdir(), 'messlo-chaos-disk-')));
		// A PostgreSQL on it runs as another user.
		chmodSync(disk.folder, 0o755);
		mkdirSync(disk.mounted);
		execFileSync('truncate', ['-s', `${megabytes}M`, disk.image]);
		execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', disk.image]);
		disk.mount();
		return disk;
	}

	/** Why there can be none on this machine; undefined when there can. */
	static cannot(): string | undefined {
		if (process.platform !== 'linux') return 'a power cut is played on Linux only';
		if (process.getuid?.() !== 0) return 'mounting a disk needs root';
		try {
			const disk = Disk.make(8);
			try {
				execFileSync('python3', ['-c', SHUTDOWN, disk.mounted], { stdio: 'pipe' });
			} finally {
				disk.remove();
			}
			return undefined;
		} catch (error) {
			return `a disk on a loop device cannot be made here (${String(error).split('\n')[0]})`;
		}
	}

	private get image(): string {
		return join(this.folder, 'disk.img');
	}

	/** From now on nothing is written, and everything fails. */
	async cutPower(): Promise<void> {
		await run('python3', ['-c', SHUTDOWN, this.mounted]);
	}

	/** As after a reboot; nobody may have a file open on it. */
	async remount(): Promise<void> {
		// Whoever was killed needs a moment to let go.
		for (let tries = 0; ; tries += 1)
			try {
				await run('umount', [this.mounted]);
				break;
			} catch (error) {
				if (tries > 60) throw error;
				await wait(50);
			}
		this.mount();
	}

	/** Who writes waits until it is thawed. */
	async freeze(): Promise<void> {
		await run('fsfreeze', ['--freeze', this.mounted]);
	}

	async thaw(): Promise<void> {
		await run('fsfreeze', ['--unfreeze', this.mounted]);
	}

	/** Not a byte is left, of what anybody may use. */
	async fill(): Promise<void> {
		await run('sh', ['-c', 'cat /dev/zero > "$0/ballast" || true', this.mounted]);
	}

	async empty(): Promise<void> {
		await rm(join(this.mounted, 'ballast'), { force: true });
	}

	remove(): void {
		execFileSync('umount', ['--lazy', this.mounted], { stdio: 'pipe' });
		rmSync(this.folder, { recursive: true, force: true });
	}

	private mount(): void {
		execFileSync('mount', ['-o', 'loop', this.image, this.mounted], { stdio: 'pipe' });
	}
}
