import { askBridge } from './ask-bridge';
import { type CliOptions, load } from './load';

/** Sends a message again, or reads an event again; what was sent already is not sent twice. */
export async function replay({ id, ...options }: CliOptions & { id: string }): Promise<void> {
	const kind = /^(evt|msg)_\d{1,15}$/.exec(id)?.[1];
	if (kind === undefined)
		throw new Error(
			`'${id}' is no id of a message (msg_57) or an event (evt_42). 'messlo-bridge held' lists those that wait.`,
		);
	const { config } = await load(options);
	if (kind === 'evt') {
		const { detail } = await askBridge<{ detail: string }>(config, 'POST', `/events/${id}/replay`);
		process.stdout.write(`${id}: ${detail}\n`);
		return;
	}
	const { state, reason } = await askBridge<{ state: string; reason: string | null }>(
		config,
		'POST',
		`/messages/${id}/replay`,
	);
	process.stdout.write(state === 'waiting' ? `${id} is sent again.\n` : `${id} is ${state}: ${reason ?? ''}\n`);
}
