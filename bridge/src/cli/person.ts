import type { Config } from '../config/config';
import { reasonOf } from '../reason-of';
import { type CliOptions, load } from './load';
import { localAddress } from './local-address';

interface Kept {
	events: { id: string; source: string; order: string | null; receivedAt: string; messages: { state: string }[] }[];
}

/** Finds, exports or erases all that is kept of a person. Asks the bridge that runs: its ledger is open to one process only. */
export async function person({
	action,
	number,
	...options
}: CliOptions & { action: 'find' | 'export' | 'erase'; number: string }): Promise<void> {
	const { config } = await load(options);
	if (action === 'erase') {
		const done = await ask<{ events: number; messages: number; documents: number }>(config, 'DELETE', number);
		process.stdout.write(`Erased: ${done.events} events, ${done.messages} messages, ${done.documents} documents.\n`);
		return;
	}
	const kept = await ask<Kept>(config, 'GET', number);
	if (action === 'export') {
		process.stdout.write(`${JSON.stringify(kept, null, 2)}\n`);
		return;
	}
	for (const { id, source, order, receivedAt, messages } of kept.events)
		process.stdout.write(
			`${receivedAt}  ${id}  ${source}  ${order ?? ''}  ${messages.map(({ state }) => state).join(', ')}\n`,
		);
	process.stdout.write(
		kept.events.length === 0
			? 'Nothing is kept of this number.\n'
			: `${kept.events.length} events. 'export' prints all of it, 'erase' empties it.\n`,
	);
}

async function ask<T>({ server }: Config, method: string, number: string): Promise<T> {
	const address = localAddress(server);
	const answer = await fetch(`${address}/api/v1/people/${encodeURIComponent(number)}`, {
		method,
		headers: { authorization: `Bearer ${server.adminToken}` },
		signal: AbortSignal.timeout(60_000),
	}).catch((cause: unknown) => {
		throw new Error(
			`The bridge does not answer at ${address.slice('http://'.length)} (${reasonOf(cause)}). Start it, then run this again on the same machine.`,
			{ cause },
		);
	});
	const body = (await answer.json()) as T & { detail?: string };
	if (!answer.ok) throw new Error(body.detail ?? `The bridge answered ${answer.status}.`);
	return body;
}
