import type { ScaleFigures } from '../scale.mts';
import { chart } from '../support/chart.mts';
import type { Results } from '../support/figures.mts';
import { type Part, shown, table } from './part.mts';

export function scalePart({ figures, machine }: Results<ScaleFigures>): Part {
	const { rows, latenciesMs, pairs } = figures;
	type Row = (typeof rows)[number];
	const bars = (of: (row: Row) => number, goal?: number) =>
		rows.map((row) => ({
			label: row.processes === 1 ? 'one bridge' : `${row.processes} bridges`,
			value: of(row),
			text: `${shown(of(row))} /s`,
			tone: 'postgres' as const,
			...(goal !== undefined && row.processes === 3 && rows[0] ? { goal: goal * of(rows[0]) } : {}),
		}));
	const busiest = (at: number) => Math.max(...rows.map(({ bursts }) => bursts[at]?.busy ?? 0));
	const isFull = (at: number) => busiest(at) > 0.85 * machine.cores;
	const picture = chart('Several bridges on one PostgreSQL', [
		...latenciesMs.map((ms, at) => ({
			title: `Delivered a second, the API answers after ${ms} ms`,
			note: `bridges and database keep ${busiest(at).toFixed(1)} of ${machine.cores} cores busy${isFull(at) ? ': those are the limit' : ''}`,
			bars: bars(({ bursts }) => bursts[at]?.perSecond ?? 0, at === 0 ? 2 : undefined),
		})),
		{
			title: 'Acknowledged a second',
			note: 'each answer waits for a commit of the database',
			bars: bars(({ acked }) => acked),
		},
	]);
	const text = `Bridges that share a ledger: each takes webhooks, each delivers. ${pairs} alternating rounds, each on a database of its own. What can be shown depends on the
machine: bridges, database, API and load generator share its ${machine.cores} cores. While the API takes long a bridge waits, with so many messages under way, and every
further bridge adds as many, until the cores are busy: then another bridge adds little.

${table(
	[
		'bridges',
		...latenciesMs.flatMap((ms) => [`delivered/s, ${ms} ms`, 'beside one', 'under way', 'cores busy']),
		'acked/s',
		'beside one',
	],
	rows.map(({ processes, bursts, acked, ackedRatio }) => [
		String(processes),
		...bursts.flatMap(({ perSecond, ratio, inFlight, busy }) => [
			shown(perSecond),
			`${ratio.toFixed(2)} ×`,
			shown(inFlight),
			busy.toFixed(2),
		]),
		shown(acked),
		`${ackedRatio.toFixed(2)} ×`,
	]),
)}`;
	return { title: 'One, two, three bridges', text, picture };
}
