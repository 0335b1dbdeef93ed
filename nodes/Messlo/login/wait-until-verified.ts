import { type IDataObject, NodeOperationError, sleep } from 'n8n-workflow';
import { buildRequest, operation, succeeded, type Values } from '../../../catalog';
import { ApiFailure } from '../api/api-failure';
import { readFailure } from '../api/connect';
import type { Execution } from '../execute/finish';
import { isVerified } from './is-verified';

/** The part of Node's readable stream that is used; n8n lets no node import it. */
interface Stream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/** The developer page asks for two seconds between polls. */
const POLL_MS = 2000;

/**
 * Listens to the events of a login until the user is verified, then reads the status once. Where the stream cannot be
 * had, or ends early, it polls the status as the developer page says. Gives the status with the verification token.
 */
export async function waitUntilVerified(execution: Execution, index: number, values: Values): Promise<IDataObject[]> {
	const { context } = execution;
	const deadline = Date.now() + Number(context.getNodeParameter('timeout', index, 600)) * 1000;
	await listen(execution, values, deadline);
	for (;;) {
		const { status, waitMs = POLL_MS } = await readStatus(execution, values);
		if (status) return [status];
		if (Date.now() + waitMs >= deadline || context.getExecutionCancelSignal()?.aborted) break;
		await sleep(waitMs);
	}
	throw new NodeOperationError(context.getNode(), 'The user has not sent the text in time', {
		description: 'Show them the waLink that Start returned, or raise Timeout. A session lives about ten minutes.',
		itemIndex: index,
	});
}

/** Ends when the user is verified, when the stream ends and at the deadline. A stream that fails is no failure. */
async function listen({ api, row, context }: Execution, values: Values, deadline: number): Promise<void> {
	const { path } = buildRequest(row, values);
	const timeout = Math.max(1, deadline - Date.now());
	const cancelled = context.getExecutionCancelSignal();
	const signal = AbortSignal.any([AbortSignal.timeout(timeout), ...(cancelled ? [cancelled] : [])]);
	try {
		const answer = await api.fetch({ path, timeout, encoding: 'stream', headers: { Accept: 'text/event-stream' } });
		const stream = answer.body as Stream;
		// A race, since n8n's HTTP client ends a stream only between two pieces of it.
		if (answer.statusCode === 200) await Promise.race([readUntilVerified(stream), aborted(signal)]);
		stream.destroy();
	} catch {
		// The status tells what is wrong, if anything is.
	}
}

async function readUntilVerified(stream: Stream): Promise<void> {
	for await (const event of eventsOf(stream)) if (isVerified(event)) return;
}

const aborted = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

/** Blocks of a stream of server-sent events, each ended by an empty line. */
async function* eventsOf(stream: Stream): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of stream) {
		text = (text + decoder.decode(chunk, { stream: true })).replaceAll('\r\n', '\n');
		const blocks = text.split('\n\n');
		text = blocks.pop() ?? '';
		yield* blocks;
	}
}

/** The status once it is verified; else how long the API wants to be left alone. 410 and other failures are thrown. */
async function readStatus(
	{ api }: Execution,
	{ sessionId }: Values,
): Promise<{ status?: IDataObject; waitMs?: number }> {
	const { path } = buildRequest(operation('login.getStatus'), { sessionId });
	const answer = await api.fetch({ path, headers: { Accept: 'application/json' } });
	if (succeeded(answer.statusCode, answer.body)) {
		const status = answer.body as IDataObject;
		if (typeof status['verificationToken'] === 'string') return { status };
	} else if (answer.statusCode >= 400 && answer.statusCode !== 429)
		throw new ApiFailure(readFailure(answer, Date.now()));
	const { retryAfterMs } = readFailure(answer, Date.now());
	return retryAfterMs === undefined ? {} : { waitMs: retryAfterMs };
}
