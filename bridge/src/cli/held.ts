import type { Config } from '../config/config';
import { mask } from '../phone';
import { askBridge } from './ask-bridge';
import { type CliOptions, load } from './load';

interface Row {
	id: string;
	order: string;
	template: string;
	to: string | null;
	state: string;
	reason: string | null;
	mayHaveArrived: boolean;
}

/** Lists the messages that wait for a person, each with why and with what they can decide. */
export async function held(options: CliOptions): Promise<void> {
	const { config } = await load(options);
	const rows = [...(await messagesIn(config, 'unknown')), ...(await messagesIn(config, 'held'))];
	const number = rows.length === 1 ? '1 message waits' : `${rows.length} messages wait`;
	process.stdout.write(
		rows.length === 0 ? 'No message waits for a person.\n' : `${rows.map(show).join('\n')}\n${number} for a person.\n`,
	);
}

async function messagesIn(config: Config, state: 'held' | 'unknown'): Promise<Row[]> {
	const rows: Row[] = [];
	let cursor = '';
	do {
		const page = await askBridge<{ items: Row[]; next: string | null }>(
			config,
			'GET',
			`/messages?state=${state}&limit=200${cursor}`,
		);
		rows.push(...page.items);
		cursor = page.next === null ? '' : `&cursor=${page.next}`;
	} while (cursor !== '');
	return rows;
}

function show({ id, order, template, to, state, reason, mayHaveArrived }: Row): string {
	const replay = `messlo-bridge replay ${id}`;
	const arrived = `messlo-bridge settle ${id} --arrived`;
	const choices =
		state === 'unknown'
			? [[arrived, 'you see it in the chat; else the bridge goes on looking by itself']]
			: mayHaveArrived
				? [
						[arrived, 'it is in the chat'],
						[replay, 'it is not in the chat: send it again'],
					]
				: [
						[replay, 'the cause is mended: send it'],
						[`messlo-bridge settle ${id} --cancel`, 'nobody needs it any more'],
					];
	const width = Math.max(...choices.map(([command = '']) => command.length));
	return [
		`${id}  ${order}  ${template}  ${to === null ? 'no number' : mask(to)}  ${state}`,
		`  ${reason ?? ''}`,
		...choices.map(([command = '', when = '']) => `  ${command.padEnd(width)}  # ${when}`),
	].join('\n');
}
