import type { AckFigures } from '../ack.mts';
import { chart } from '../support/chart.mts';
import type { Results } from '../support/figures.mts';
import { type Part, shown, table, toneOf } from './part.mts';

const GOALS: Record<string, number> = {
	'SQLite 20': 0.95,
	'SQLite 100': 0.75,
	'PostgreSQL 20': 0.35,
	'PostgreSQL 100': 0.35,
};

export function ackPart({ figures }: Results<AckFigures>): Part {
	const { rows, storm, syncs, bodyBytes, pairs, seconds } = figures;
	const named = (side: string) => (side === 'floor' ? 'floor' : `bridge, ${side}`);
	const ours = rows.filter(({ side }) => side !== 'floor');
	const picture = chart(
		'Acknowledged webhooks',
		[
			...[20, 100].map((connections) => ({
				title: `A second, ${connections} connections`,
				note: 'signature checked, order on disk, then 200',
				bars: rows
					.filter((row) => row.connections === connections)
					.map(({ side, perSecond }) => ({
						label: named(side),
						value: perSecond,
						text: `${shown(perSecond)} /s`,
						tone: toneOf(side),
					})),
			})),
			{
				title: 'Beside the floor, in the same pair of rounds',
				bars: ours.map(({ side, connections, ratio }) => {
					const goal = GOALS[`${side} ${connections}`];
					return {
						label: `${side}, ${connections} connections`,
						value: ratio,
						text: `${ratio.toFixed(2)} ×`,
						tone: toneOf(side),
						...(goal === undefined ? {} : { goal }),
					};
				}),
			},
			{
				title: 'Slowest of a hundred answers (p99)',
				note: 'less is better',
				bars: rows.map(({ side, connections, p99Ms }) => ({
					label: `${side}, ${connections} connections`,
					value: p99Ms,
					text: `${shown(p99Ms)} ms`,
					tone: toneOf(side),
				})),
			},
		],
		{ other: 'the floor: bare HTTP, HMAC, append, fdatasync' },
	);
	const text = `How many webhooks a second are answered 200, which is said only when the order is on disk. The *floor* is the least a durable receiver can
do: bare \`node:http\`, an HMAC of the body, an append to a file, one \`fdatasync\` shared by all that came while the last one ran, then the answer
(\`bench/support/floor.mts\`). Bodies of ${shown(bodyBytes)} bytes; ${pairs} alternating rounds of ${seconds} s after two to warm up. What the bridge does with the orders
afterwards is waited for between rounds: while webhooks pour in, it answers first and plans later.

${table(
	[
		'connections',
		'side',
		'acked/s',
		'p50 ms',
		'p99 ms',
		'CPU µs a webhook',
		'beside the floor',
		'p99 beside the floor',
		"load generator's share of a core",
	],
	rows.map((row) => [
		String(row.connections),
		row.side,
		shown(row.perSecond),
		shown(row.p50Ms),
		shown(row.p99Ms),
		shown(row.cpuUs),
		`${row.ratio.toFixed(2)} ×`,
		`${row.p99Ratio.toFixed(2)} ×`,
		row.generator.toFixed(2),
	]),
)}

The goal for p99 is set for SQLite: where a closed loop is answered at a third of the floor's rate, its answers take three times as long
on average, so the tail cannot be within a quarter.
${
	storm.length > 0
		? `
A sale that does not end: ${storm[0]?.seconds} s of webhooks without a pause at 20 connections. From the tenth second on the bridge also plans, a few
orders at a time.

${table(
	['side', 'acked/s', 'p99 ms', 'planned meanwhile'],
	storm.map(({ side, perSecond, p99Ms, planned }) => [
		side,
		shown(perSecond),
		shown(p99Ms),
		side === 'floor' ? '–' : shown(planned),
	]),
)}
`
		: ''
}${
		syncs
			? `
That the answer waits for the disk: under \`strace\`, ${shown(syncs.acknowledged)} webhooks were acknowledged with ${shown(syncs.calls)} calls of \`fsync\`, \`fdatasync\` or, on the
journal that is opened with \`O_DSYNC\`, \`pwritev\`; with 20 connections, at most 20 can share one.`
			: ''
	}`;
	return { title: 'Acknowledged', text, picture };
}
