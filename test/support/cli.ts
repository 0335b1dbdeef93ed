import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { builtBridge } from './built';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from './shopify';

export const CLI_ADMIN_TOKEN = 'cli-admin-token';

export interface Finished {
	code: number | null;
	signal: NodeJS.Signals | null;
	stdout: string;
	stderr: string;
}

interface CliConfig {
	api: string;
	port: number;
	/** Further keys. */
	more: string;
	/** A YAML flow list. */
	sources: string;
	/** A YAML flow mapping. */
	store: string;
}
const ACME = `[{ id: acme, kind: shopify, shop: ${SHOPIFY_SHOP}, secrets: [${SHOPIFY_SECRET}] }]`;

/** A configuration for a shop of the fixtures; `api` is where the sandbox is. Returns the file's path. */
export function writeConfig(
	folder: string,
	{
		api = 'http://127.0.0.1:9',
		port = 0,
		more = '',
		sources = ACME,
		store = '{ url: "sqlite:./bridge.db" }',
	}: Partial<CliConfig> = {},
): string {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'messlo-bridge.yaml');
	const text = `
messlo: { apiKey: sandbox-api-key, baseUrl: "${api}", sender: "911234567890", perSecond: 1000 }
server: { port: ${port}, adminToken: ${CLI_ADMIN_TOKEN} }
store: ${store}
defaults: { country: IN, timezone: Asia/Kolkata }
sources: ${sources}
${more}`;
	writeFileSync(file, text);
	return file;
}

/** The built command line as a process of its own, with nothing of this process's environment. */
export class CliProcess {
	readonly lines: Record<string, unknown>[] = [];
	readonly finished: Promise<Finished>;
	private readonly child: ChildProcess;
	private onLine: () => void = () => undefined;
	private onText: () => void = () => undefined;
	private out = '';

	/** `input`: lines that a person would type; without, there is nobody. `open` keeps it open for `type`. */
	constructor(
		args: readonly string[],
		env: Record<string, string> = {},
		cwd?: string,
		{ input, open = false }: { input?: readonly string[]; open?: boolean } = {},
	) {
		this.child = spawn(process.execPath, [builtBridge('cli/main.js'), ...args], {
			env: { PATH: process.env['PATH'], ...env },
			stdio: [input || open ? 'pipe' : 'ignore', 'pipe', 'pipe'],
			...(cwd === undefined ? {} : { cwd }),
		});
		this.finished = this.collect();
		for (const line of input ?? []) this.type(line);
		if (!open) this.child.stdin?.end();
	}

	/** Types a line and Enter. */
	type(line: string): void {
		this.child.stdin?.write(`${line}\n`);
	}

	/** What was printed from the first place on that fits; an error when the process ends without it. */
	async printed(pattern: RegExp): Promise<string> {
		const ended = this.finished.then(({ code, stderr }) => `it ended with ${code}: ${stderr}`);
		for (;;) {
			const found = pattern.exec(this.out);
			if (found) return found[1] ?? found[0];
			const next = new Promise<undefined>((resolve) => {
				this.onText = () => {
					resolve(undefined);
				};
			});
			const end = await Promise.race([next, ended]);
			if (end !== undefined && !pattern.test(this.out)) throw new Error(`${end}\n${this.out}`);
		}
	}

	/** A bridge that runs on this configuration and has said that it is ready. */
	static async bridge(config: string, env: Record<string, string> = {}): Promise<CliProcess & { url: string }> {
		const bridge = new CliProcess(['start', '--config', config], env);
		const { url } = await bridge.line((line) => line['stage'] === 'ready');
		return Object.assign(bridge, { url: String(url) });
	}

	kill(signal: NodeJS.Signals): void {
		this.child.kill(signal);
	}

	/** The first line of the log that is so, also one that came before; an error when the process ends without it. */
	async line(is: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
		const ended = this.finished.then(({ code, stderr }) => `it ended with ${code}: ${stderr}`);
		for (;;) {
			const found = this.lines.find(is);
			if (found) return found;
			const next = new Promise<undefined>((resolve) => {
				this.onLine = () => {
					resolve(undefined);
				};
			});
			const end = await Promise.race([next, ended]);
			if (end !== undefined && !this.lines.some(is)) throw new Error(end);
		}
	}

	private async collect(): Promise<Finished> {
		const [stdout, stderr] = [this.child.stdout, this.child.stderr];
		if (!stdout || !stderr) throw new Error('no pipes');
		let err = '';
		stdout.setEncoding('utf8').on('data', (text: string) => {
			this.out += text;
			this.onText();
		});
		createInterface({ input: stdout }).on('line', (text) => {
			if (text.startsWith('{"')) this.lines.push(JSON.parse(text) as Record<string, unknown>);
			this.onLine();
		});
		stderr.setEncoding('utf8').on('data', (text: string) => {
			err += text;
		});
		const [code, signal] = (await once(this.child, 'close')) as [number | null, NodeJS.Signals | null];
		return { code, signal, stdout: this.out, stderr: err };
	}
}

/** Runs a command to its end. */
export const runCli = (args: readonly string[], env: Record<string, string> = {}, cwd?: string): Promise<Finished> =>
	new CliProcess(args, env, cwd).finished;

/** Runs a command that asks, with the answers that a person would type. */
export const talkTo = (
	args: readonly string[],
	input: readonly string[],
	{ env = {}, cwd }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<Finished> => new CliProcess(args, env, cwd, { input }).finished;
