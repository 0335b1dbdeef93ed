import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../project-root';
import { bridgeEnvironment } from '../environment';
import type { LogLine } from './narrate';

const CLI = join('bridge', 'dist', 'bridge', 'src', 'cli', 'main.js');
const CONFIG = join('demo', 'messlo-bridge.yaml');

/** The bridge as a merchant runs it: its own process, its own command line, the demo's configuration. */
export function startBridgeProcess(onLine: (line: LogLine) => void): { child: ChildProcess; ready: Promise<string> } {
	const root = projectRoot();
	const child = spawn(process.execPath, [join(root, CLI), 'start', '--config', join(root, CONFIG)], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'inherit'],
		env: bridgeEnvironment(),
	});
	const ready = new Promise<string>((resolve, reject) => {
		child.once('exit', (code) => {
			reject(new Error(`The bridge ended with code ${code}.`));
		});
		createInterface({ input: child.stdout }).on('line', (text) => {
			const line = parse(text);
			if (!line) return;
			if (line.stage === 'ready' && line.url !== undefined) resolve(line.url);
			onLine(line);
		});
	});
	return { child, ready };
}

/** `messlo-bridge templates --push`, as its user would type it; resolves with what it printed. */
export function pushTemplates(): Promise<string> {
	const root = projectRoot();
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(root, CLI), 'templates', '--push', '--config', join(root, CONFIG)], {
			cwd: root,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let printed = '';
		child.stdout.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
		});
		child.once('exit', (code) => {
			if (code === 0) resolve(printed);
			else reject(new Error(`messlo-bridge templates --push ended with ${code}:\n${printed}`));
		});
	});
}

function parse(text: string): LogLine | undefined {
	try {
		return JSON.parse(text) as LogLine;
	} catch {
		return undefined;
	}
}
