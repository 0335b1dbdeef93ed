import { findSource } from './find-source';
import { fetchLatest } from './dry-run/fetch-latest';
import { quietRooms } from './dry-run/quiet-rooms';
import { dryRun } from './dry-run/run';
import { showDryRun, shownNumber } from './dry-run/show';
import { type CliOptions, load } from './load';

export interface DryRunOptions extends CliOptions {
	source: string;
	/** How many orders, rows or appointments. */
	last: string;
	json?: boolean;
	showNumbers?: boolean;
}

const THINGS = {
	shopify: 'orders',
	woocommerce: 'orders',
	'google-sheets': 'rows',
	'google-calendar': 'appointments',
} as const;
const MOST = 1000;

/**
 * Fetches the last real orders and shows each message as it would be sent; sends nothing, stores nothing. Exit 1 when a message
 * would be held or refused, or when the templates cannot be asked for.
 */
export async function dryRunCommand({ source: id, last, json, showNumbers = false, ...options }: DryRunOptions) {
	const { config, mappings } = await load(options);
	findSource(config, id);
	const count = Number(last);
	if (!Number.isInteger(count) || count < 1 || count > MOST)
		throw new Error(`--last is '${last}'; write a whole number from 1 to ${MOST}.`);
	const { rooms, clock, close } = await quietRooms(config, mappings);
	try {
		const source = rooms.sources.get(id);
		if (!source) throw new Error(`The bridge has nothing that reads '${id}' yet.`);
		const [fetched, templates] = await Promise.all([
			fetchLatest(source, count, { now: clock.now(), progress }),
			rooms.templates.refresh(),
		]);
		progress('');
		const run = await dryRun(rooms, clock, fetched.deliveries);
		const unknown = templates.ok ? {} : { templatesUnknown: templates.reason };
		if (json) {
			const messages = run.messages.map((message) => ({
				...message,
				to: message.to === undefined ? null : shownNumber(message.to, showNumbers),
			}));
			print(
				JSON.stringify(
					{ source: id, kind: source.kind, fetched: fetched.count, ...unknown, ...run, messages },
					null,
					2,
				),
			);
		} else {
			const things = THINGS[source.kind];
			const title = `the last ${fetched.count === 1 ? things.slice(0, -1) : `${fetched.count} ${things}`} of ${id}`;
			print(showDryRun({ ...run, ...unknown, title, showNumbers, timezone: config.defaults.timezone }));
		}
		const faults = run.messages.filter(({ verdict }) => verdict === 'held' || verdict === 'refused');
		if (faults.length > 0 || !templates.ok) process.exitCode = 1;
	} finally {
		await close();
	}
}

/** On a terminal only, and gone when the result comes. */
const progress = (text: string): void => {
	if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};
const print = (text: string) => void process.stdout.write(`${text}\n`);
