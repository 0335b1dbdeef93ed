import { reasonOf } from '../../reason-of';
import type { Terminal } from './terminal';

/** What an answer turned out to be. `say`: what was seen. `suggestion`: what was probably meant, taken with Enter. */
export type Answer<T> = { ok: true; value: T; say?: string } | { ok: false; reason: string; suggestion?: string };

export interface Question<T> {
	/** Option of the command line that answers it, without dashes; of a secret, the environment variable. */
	flag: string;
	/** What is asked, in a word or two. */
	ask: string;
	/** One sentence: where to find it. */
	where?: string;
	secret?: boolean;
	/** What Enter means; asked again, it is the answer before. Of a secret it is never shown. */
	enter?: string | undefined;
	/** Lines to choose from. */
	list?: readonly string[];
	/** Looks at an answer; asks whoever knows. What it throws is shown, and the question asked again. */
	check(answer: string): Answer<T> | Promise<Answer<T>>;
}

export interface Interview {
	/** False: nobody is there to ask. */
	readonly asking: boolean;
	say(text?: string): void;
	/** A line, or nothing when something else came first. */
	lineOr(prompt: string, until: Promise<unknown>): Promise<string>;
	/** Asks until the answer is good. An answer that came with the command is not asked for. */
	ask<T>(question: Question<T>): Promise<T>;
	/** One of several, by number or name. */
	choose<T extends string>(question: Omit<Question<T>, 'check'> & { choices: readonly Choice<T>[] }): Promise<T>;
	confirm(flag: string, question: string): Promise<boolean>;
	/** Answers that came with the command and belong together were wrong together: from now on they are asked for. */
	forget(...flags: string[]): void;
}
export interface Choice<T extends string> {
	value: T;
	label?: string;
}

export interface InterviewOptions {
	/** Undefined: nobody is there to ask, every answer came with the command. */
	terminal?: Terminal;
	say: (text?: string) => void;
	/** The answer that came with the command: an option or, of a secret, an environment variable. */
	given: (flag: string, secret: boolean) => string | undefined;
	/** Every question of yes or no is answered yes. */
	yes: boolean;
}

export function createInterview({ terminal, say, given, yes }: InterviewOptions): Interview {
	const used = new Set<string>();
	const before = new Map<string, string>();
	const interview: Interview = {
		asking: terminal !== undefined,
		say,
		lineOr: async (prompt, until) => {
			if (terminal) return terminal.ask(prompt, { until });
			await until.catch(() => undefined);
			return '';
		},
		forget: (...flags) => {
			for (const flag of flags) used.add(flag);
		},
		ask: async <T>(question: Question<T>) => {
			const { flag, ask, where, secret = false } = question;
			let enter = before.get(flag) ?? question.enter;
			const seen = (text: string, { value, say: what }: Extract<Answer<T>, { ok: true }>): T => {
				before.set(flag, text);
				if (what !== undefined) say(`  ✓ ${what}`);
				return value;
			};
			const ready = used.has(flag) ? undefined : given(flag, secret);
			used.add(flag);
			if (ready !== undefined) {
				if (!secret) say(`${ask}: ${ready}`);
				const answer = await look(question, ready);
				if (answer.ok) return seen(ready, answer);
				if (!terminal) throw new Error(`${nameOf(question)}: ${answer.reason}`);
				say(`  ✗ ${answer.reason}`);
				enter = answer.suggestion;
			} else if (!terminal) {
				const answer = enter === undefined ? undefined : await look(question, enter);
				if (enter !== undefined && answer?.ok) return seen(enter, answer);
				throw new Error(answer?.ok === false ? answer.reason : `${nameOf(question)} is missing: ${where ?? ask}`);
			}
			say();
			if (where !== undefined) say(wrapped(where));
			for (const line of question.list ?? []) say(`  ${line}`);
			for (;;) {
				const hint =
					enter === undefined || enter === '' ? '' : secret ? ' [Enter keeps the one there is]' : ` [${enter}]`;
				const written = await terminal.ask(`${ask}${hint}: `, { secret });
				const text = written === '' && enter !== undefined ? enter : written;
				if (text === '' && enter === undefined) {
					say('  ✗ Nothing was written. Ctrl-C ends without changing anything.');
					continue;
				}
				const answer = await look(question, text);
				if (answer.ok) return seen(text, answer);
				say(`  ✗ ${answer.reason}`);
				if (answer.suggestion !== undefined) enter = answer.suggestion;
				else if (text === enter) enter = undefined;
			}
		},
		choose: ({ choices, ...question }) =>
			interview.ask({
				...question,
				list: choices.map(({ value, label }, index) => `${index + 1}  ${label ?? value}`),
				check: (answer) => {
					const found =
						choices.find(({ value }) => value === answer) ??
						choices.find(({ value }) => value.toLowerCase() === answer.toLowerCase()) ??
						(/^\d+$/.test(answer) ? choices[Number(answer) - 1] : undefined);
					if (found) return { ok: true, value: found.value };
					return {
						ok: false,
						reason: `'${answer}' is none of: ${choices.map(({ value }) => value).join(', ')}`,
					};
				},
			}),
		confirm: async (flag, question) => {
			if (yes || !terminal) return true;
			return interview.ask<boolean>({
				flag,
				ask: `${question} (yes/no)`,
				enter: 'yes',
				check: (answer) => {
					if (/^y(es)?$/i.test(answer)) return { ok: true, value: true };
					if (/^no?$/i.test(answer)) return { ok: true, value: false };
					return { ok: false, reason: 'Write yes or no.' };
				},
			});
		},
	};
	return interview;
}

async function look<T>(question: Question<T>, answer: string): Promise<Answer<T>> {
	try {
		return await question.check(answer);
	} catch (error) {
		return { ok: false, reason: reasonOf(error) };
	}
}

const nameOf = ({ flag, secret }: Question<never> | Pick<Question<unknown>, 'flag' | 'secret'>): string =>
	secret ? flag : `--${flag}`;

/** Lines of at most 76 characters, two spaces in. */
export function wrapped(text: string): string {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1) ?? '';
		if (line.length + word.length > 74 && line !== '') lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return lines.map((line) => `  ${line}`).join('\n');
}
