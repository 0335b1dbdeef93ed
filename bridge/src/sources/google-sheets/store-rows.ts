import type { FeedRoom, Preview } from '../feed';
import { deliveryOf } from './delivery';
import { DRY_RUN, type Row } from './row';
import type { SheetConfig } from './sheet-config';
import { cellsOf, QUEUED } from './status';
import type { Cells, State } from './state';

export type NamedRow = Row & { id: string };

/**
 * Hands rows to the ledger, and answers what is to stand in each. Before a marked row is stored its id is written down: found
 * with its mark after a crash, it is the mark that was stored already and not a new one.
 */
export async function storeRows(
	rows: readonly NamedRow[],
	room: FeedRoom,
	config: SheetConfig & { timezone: string },
	state: State,
): Promise<Map<string, Cells>> {
	const going = rows.filter(({ optOut, dryRun }) => !optOut && !dryRun);
	const marked = going.filter(({ wants }) => wants === 'again');
	for (const { id } of marked) state.armed.add(id);
	if (marked.length > 0) await saveArmed(room, state);
	if (going.length > 0) await room.saveCursor('open', '1');
	const cells = await Promise.all(
		rows.map(async (row): Promise<readonly [string, Cells]> => {
			if (row.optOut) return [row.id, ['opted out', '', '', '']];
			if (row.dryRun)
				return [row.id, [previewText(await room.preview(deliveryOf(row, config, room.now()))), '', '', '']];
			const stored = { ...row, id: state.renamed.get(row.id) ?? row.id };
			const { id: event, duplicate } = await room.save(deliveryOf(stored, config, room.now()));
			state.unsettled.add(row.id);
			return [row.id, duplicate ? await alreadyStored(stored, event, room, config) : QUEUED];
		}),
	);
	return new Map(cells);
}

export const saveArmed = (room: FeedRoom, { armed }: State): Promise<void> =>
	room.saveCursor('marked', JSON.stringify([...armed]));

/** Stored before a crash, or before its status was cleared; or another row has the same content. */
async function alreadyStored(
	{ id }: NamedRow,
	event: string,
	room: FeedRoom,
	{ timezone }: { timezone: string },
): Promise<Cells> {
	const reading = await room.reading(event);
	const first = reading?.kind === 'event' ? reading.subject : undefined;
	const changes = first === undefined ? [] : await room.outcome(first);
	const cells = changes.length > 0 ? cellsOf(changes, timezone) : QUEUED;
	if (first === id || first === undefined) return cells;
	const [status, , time] = cells;
	const when = time === undefined || time === '' ? '' : ` at ${time}`;
	return [
		'skipped',
		'',
		'',
		`another row with the same content was stored before and is ${status ?? ''}${when} (its id is ${first}). Write 'send' into the status cell to send this one as well`,
	];
}

/** Cells take 50,000 characters; nobody reads as many. */
const LONGEST = 1000;

function previewText({ messages, reason }: Preview): string {
	const each = messages.map(({ template, language, to, variables, problem }) => {
		const values = Object.entries(variables).map(([key, value]) => `{{${key}}} ${value}`);
		const what = `${template}${language === undefined ? '' : ` (${language})`}${to === undefined ? '' : ` to ${to}`}`;
		return problem === undefined
			? `would send ${[what, ...values].join(' · ')}`
			: `would not send ${what}: ${problem.replace(/, then replay/g, '')}`;
	});
	const text = each.length > 0 ? each.join(' | ') : `would send nothing: ${reason ?? 'no mapping is about this sheet'}`;
	return (DRY_RUN + text).slice(0, LONGEST);
}
