import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

// Without these Chromium looks up and calls Google's hosts at every start, which a closed network refuses.
const FLAGS = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const DEBIAN_PATH = '/usr/bin/chromium';

/** A headless Chromium: CHROMIUM_PATH, else Debian's, which is installed where that is possible. Close it in the end. */
export async function launchChromium(): Promise<Browser> {
	const isRoot = process.getuid?.() === 0;
	return chromium.launch({
		executablePath: findChromium(isRoot),
		// Chromium's own sandbox does not work for root.
		args: isRoot ? [...FLAGS, '--no-sandbox'] : FLAGS,
	});
}

function findChromium(isRoot: boolean): string {
	const path = process.env['CHROMIUM_PATH'] ?? DEBIAN_PATH;
	if (!existsSync(path) && path === DEBIAN_PATH && isRoot && existsSync('/usr/bin/apt-get')) install();
	if (existsSync(path)) return path;
	throw new Error(
		`The browser tests need Chromium, and there is none at ${path}. ` +
			`Install it ('sudo apt-get install chromium') or set CHROMIUM_PATH to the program of a Chromium or Chrome.`,
	);
}

function install(): void {
	try {
		execFileSync('apt-get', ['update', '-qq'], { stdio: 'pipe' });
		execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'pipe' });
	} catch (cause) {
		throw new Error("Chromium is missing and 'apt-get install chromium' failed. Install it by hand.", { cause });
	}
}
