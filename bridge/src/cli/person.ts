import { askBridge } from './ask-bridge';
import { type CliOptions, load } from './load';

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
	const path = `/people/${encodeURIComponent(number)}`;
	if (action === 'erase') {
		const done = await askBridge<{ events: number; messages: number; documents: number }>(config, 'DELETE', path);
		process.stdout.write(`Erased: ${done.events} events, ${done.messages} messages, ${done.documents} documents.\n`);
		return;
	}
	const kept = await askBridge<Kept>(config, 'GET', path);
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
