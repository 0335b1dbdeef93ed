import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { builtBridge } from '../../support/built';
import type { LedgerDump } from './check';

/** Ends the process at the `nth` call of a method of the ledger: before it, while it runs, or when its effect is durable. */
export interface Arm {
	step: string;
	when: 'before' | 'during' | 'after';
	nth: number;
}

export interface Setup {
	/** Folder of the built bridge. */
	built: string;
	folder: string;
	yaml: string;
	now: number;
	/** The loops run, as they do in production; otherwise nothing happens but by command. */
	run: boolean;
	arm?: Arm;
	apiTimeoutMs: number;
	/** On PostgreSQL: how long what a process has taken is its own. */
	leaseMs: number;
}

export type Command = { to?: number } & (
	{ do: 'drain' | 'work' | 'rest' | 'look' | 'ledger' | 'stop' | 'clock' } | { do: 'arm'; arm: Arm }
);

interface Answer {
	number?: number;
	answer?: unknown;
	failed?: string;
	ready?: string;
}

/** The built bridge in a process of its own (child.mts). */
export class BridgeProcess {
	/** Resolves with the signal or exit code. */
	readonly ended: Promise<string>;
	isAlive = true;
	private readonly lines: string[] = [];
	private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
	private commands = 0;

	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {
		this.ended = once(child, 'exit').then(([code, signal]) => {
			this.isAlive = false;
			for (const { reject } of this.waiting.values()) reject(new Error(`the bridge ended\n${this.log()}`));
			return String(signal ?? code);
		});
		child.on('message', ({ number = 0, answer, failed }: Answer) => {
			const asked = this.waiting.get(number);
			this.waiting.delete(number);
			if (failed === undefined) asked?.resolve(answer as never);
			else asked?.reject(new Error(failed));
		});
		if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => this.lines.push(line));
	}

	/** Undefined when it ended before it was ready, as an armed one may. */
	static async start(setup: Omit<Setup, 'built'>): Promise<BridgeProcess | undefined> {
		const child = fork(join(__dirname, 'child.mts'), {
			execArgv: ['--disable-warning=ExperimentalWarning'],
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			env: { PATH: process.env['PATH'] },
		});
		child.send({ ...setup, built: dirname(builtBridge('main.js')) } satisfies Setup);
		const answer = await Promise.race([once(child, 'message'), once(child, 'exit')]);
		const [said] = answer as [Answer | number | null];
		if (typeof said !== 'object' || said === null) return undefined;
		if (said.ready === undefined) throw new Error(said.failed);
		return new BridgeProcess(child, said.ready);
	}

	/** Rejects when the process ends before it has answered. */
	async tell<T = void>(command: Command): Promise<T> {
		if (!this.isAlive) throw new Error('the bridge has ended');
		const number = (this.commands += 1);
		return new Promise<T>((resolve, reject) => {
			this.waiting.set(number, { resolve, reject });
			this.child.send({ ...command, number }, (error) => {
				if (error) reject(error);
			});
		});
	}

	look(): Promise<{ open: number; next: number }> {
		return this.tell({ do: 'look' });
	}

	ledger(): Promise<LedgerDump> {
		return this.tell({ do: 'ledger' });
	}

	signal(signal: NodeJS.Signals): void {
		this.child.kill(signal);
	}

	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.ended;
	}

	/** The last lines of its log. */
	log(lines = 40): string {
		return this.lines.slice(-lines).join('\n');
	}
}
