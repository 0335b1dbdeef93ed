import { askBridge } from './ask-bridge';
import { type CliOptions, load } from './load';

/** What a person knows of a message, and the bridge does not: that it arrived, or that nobody needs it any more. */
export async function settle({
	id,
	arrived = false,
	cancel = false,
	...options
}: CliOptions & { id: string; arrived?: boolean; cancel?: boolean }): Promise<void> {
	if (arrived === cancel)
		throw new Error(
			'Say what became of it: --arrived when it is in the chat, --cancel when nobody needs it any more. To send it again: messlo-bridge replay.',
		);
	if (!/^msg_\d{1,15}$/.test(id))
		throw new Error(`'${id}' is no id of a message, such as msg_57. 'messlo-bridge held' lists those that wait.`);
	const { config } = await load(options);
	const { state } = await askBridge<{ state: string }>(
		config,
		'POST',
		`/messages/${id}/${arrived ? 'arrived' : 'cancel'}`,
	);
	process.stdout.write(arrived ? `${id} counts as ${state}; it is not sent again.\n` : `${id} is ${state}.\n`);
}
