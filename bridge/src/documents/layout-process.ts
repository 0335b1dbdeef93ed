import { fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { DocumentError } from './document-error';
import type { ChildProcess } from 'node:child_process';
import type { DocumentRequest, Finished, Question, Reply, Workshop } from './protocol';

export interface Limits {
	/** A document that takes longer is given up, and the process with it. */
	milliseconds: number;
	/** After a document that leaves the process larger than this, it is replaced. */
	bytes: number;
	/** A document under way that takes the process beyond this is given up, and the process with it. */
	mostBytes: number;
}

/**
 * Layouts run in a process of their own, not in a worker thread (docs/adr/0004-documents-in-a-process.md): a thread cannot be stopped
 * while Typst computes, and a layout that overflows the native stack would end the bridge.
 */
export class LayoutProcess {
	readonly #workshop: Omit<Workshop, 'mostBytes'>;
	readonly #limits: Limits;
	#child: ChildProcess | undefined;
	/** The end of the line: each document waits for the one before. */
	#last: Promise<unknown> = Promise.resolve();
	#isClosed = false;

	constructor(workshop: Omit<Workshop, 'mostBytes'>, limits: Limits) {
		this.#workshop = workshop;
		this.#limits = limits;
	}

	render(request: DocumentRequest): Promise<Finished> {
		const mine = this.#last.then(() => this.#ask(request));
		this.#last = mine.catch(() => undefined);
		return mine;
	}

	/** The process is there for the first document. Left alone, it does not keep the bridge alive. */
	start(): void {
		this.#child ??= this.#spawn();
	}

	close(): void {
		this.#isClosed = true;
		this.#drop();
	}

	async #ask(request: DocumentRequest): Promise<Finished> {
		if (this.#isClosed) throw new DocumentError('closed', 'The renderer is closed: the bridge is stopping.');
		const child = (this.#child ??= this.#spawn());
		const reply = await this.#answer(child, request);
		if (!reply.ok) throw new DocumentError('layout', reply.message);
		if (reply.memory > this.#limits.bytes) this.#drop();
		return reply;
	}

	#answer(child: ChildProcess, request: DocumentRequest): Promise<Reply> {
		const { document } = request;
		return new Promise((resolve, reject) => {
			const fail = (error: Error) => {
				stop();
				if (this.#child === child) this.#drop();
				reject(error);
			};
			const onMessage = (reply: Reply) => {
				stop();
				resolve(reply);
			};
			const onExit = (code: number | null, signal: string | null) => fail(this.#endedBy(document, code, signal));
			const onError = (cause: Error) =>
				fail(new DocumentError('crash', `The process that lays out documents: ${cause.message}`));
			const timer = setTimeout(() => fail(this.#tooLong(document)), this.#limits.milliseconds);
			const stop = () => {
				clearTimeout(timer);
				child.off('message', onMessage).off('exit', onExit).off('error', onError);
				child.channel?.unref();
				child.unref();
			};
			child.on('message', onMessage).on('exit', onExit).on('error', onError);
			// A document under way keeps the bridge alive; an idle process does not.
			child.ref();
			child.channel?.ref();
			child.send({ kind: 'render', request } satisfies Question, (error) => error && onError(error));
		});
	}

	#spawn(): ChildProcess {
		const child = fork(join(__dirname, `worker${extname(__filename)}`), [], {
			execArgv: ['--max-old-space-size=192', ...(extname(__filename) === '.ts' ? UNBUILT : [])],
			serialization: 'advanced',
			// Nothing of the environment: layouts are the merchant's own files, the keys in it are not theirs to see.
			env: NO_NETWORK,
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		// Between documents nobody listens: a process that ends then is simply started again.
		child.on('error', () => undefined);
		child.on('exit', () => {
			if (this.#child === child) this.#child = undefined;
		});
		const workshop = { ...this.#workshop, mostBytes: this.#limits.mostBytes };
		child.send({ kind: 'open', workshop } satisfies Question, () => undefined);
		child.channel?.unref();
		child.unref();
		return child;
	}

	#drop(): void {
		this.#child?.kill('SIGKILL');
		this.#child = undefined;
	}

	#tooLong(document: string): DocumentError {
		const seconds = this.#limits.milliseconds / 1000;
		return new DocumentError(
			'time-limit',
			`The layout of '${document}' took longer than ${seconds} s. Look for a loop without end in ${join(this.#workshop.layouts, document)}.`,
		);
	}

	#endedBy(document: string, code: number | null, signal: string | null): DocumentError {
		if (this.#isClosed) return new DocumentError('closed', 'The renderer was closed while it made a document.');
		return new DocumentError(
			'crash',
			`The process that lays out documents ended (${signal ?? `exit code ${code}`}) while it made '${document}'. ` +
				`Look for deep nesting, very large pictures or a loop that fills memory in ${join(this.#workshop.layouts, document)}.`,
		);
	}
}

// Typst would fetch packages (@preview/…) from the internet; it asks the proxy of the environment, and at this one nobody listens.
const NO_NETWORK = Object.fromEntries(
	['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].map((name) => [name, 'http://127.0.0.1:1']),
);

// Tests run worker.ts as it is: Node strips the types, and this gives back the extension that imports of ours leave off.
const UNBUILT = [
	'--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
	'--import',
	`data:text/javascript,${encodeURIComponent(`
		import { registerHooks } from 'node:module';
		const isOurs = (specifier, context) => /^\\.\\.?\\//.test(specifier) && context.parentURL?.endsWith('.ts');
		registerHooks({ resolve: (specifier, context, next) => next(isOurs(specifier, context) ? specifier + '.ts' : specifier, context) });
	`)}`,
];
