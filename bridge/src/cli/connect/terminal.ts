import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Where a person reads and writes; a script may write too, one line an answer. */
export interface Terminal {
	say(text?: string): void;
	/** The next line; empty when `until` came first. `secret`: it is not shown. Throws `Stopped` at the end of the input. */
	ask(prompt: string, options?: { secret?: boolean; until?: Promise<unknown> }): Promise<string>;
	close(): void;
}

/** The input ended before everything was answered. */
export class Stopped extends Error {}

interface Streams {
	input: NodeJS.ReadableStream & { isTTY?: boolean };
	output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
}

/** Lines of a pipe may all come at once, before anything was asked: they are kept until they are. */
export function createTerminal({ input, output }: Streams): Terminal {
	const tty = input.isTTY === true && output.isTTY === true;
	let hidden = false;
	// readline itself shows what is typed: behind this it does not, while a secret is.
	const shown = new Writable({
		write: (chunk: Buffer, _encoding, done) => {
			if (!hidden) output.write(chunk);
			done();
		},
	});
	Object.defineProperty(shown, 'columns', { get: () => output.columns });
	const lines = createInterface({ input, ...(tty ? { output: shown, terminal: true } : {}), historySize: 0 });
	const waiting: string[] = [];
	let ended = false;
	let wake: () => void = () => undefined;
	lines.on('line', (line) => {
		waiting.push(line);
		wake();
	});
	const end = () => {
		ended = true;
		wake();
	};
	lines.on('close', end);
	// A terminal that readline reads gives no signal for Ctrl-C; the command answers both in one place.
	lines.on('SIGINT', () => {
		process.kill(process.pid, 'SIGINT');
	});

	return {
		say: (text = '') => void output.write(`${text}\n`),
		ask: async (prompt, { secret = false, until } = {}) => {
			let enough = false;
			const stop = () => {
				enough = true;
				wake();
			};
			until?.then(stop, stop);
			if (tty) {
				lines.setPrompt(prompt);
				lines.prompt();
			} else output.write(prompt);
			hidden = secret && tty;
			while (waiting.length === 0 && !ended && !enough)
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			const line = waiting.shift() ?? (enough ? '' : undefined);
			// The line break of a person's Enter is hidden with the secret; a pipe has none.
			if (hidden || line === undefined) output.write('\n');
			else if (!tty) output.write(`${secret ? '(hidden)' : line}\n`);
			hidden = false;
			if (line === undefined) throw new Stopped('The input ended before everything was answered. Nothing was changed.');
			return line.trim();
		},
		close: () => {
			lines.close();
		},
	};
}
