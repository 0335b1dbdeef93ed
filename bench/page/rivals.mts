import type { RivalFigures, RivalRow } from '../rivals.mts';
import { chart } from '../support/chart.mts';
import type { Results } from '../support/figures.mts';
import { type Part, shown, table, toneOf } from './part.mts';

const SET_UP = { 'at-once': 'as it comes', unsaved: 'executions not saved', 'when-sent': 'answered when sent' };
const nameOf = ({ side, setUp }: Pick<RivalRow, 'side' | 'setUp'>, short = false): string =>
	setUp ? `${short ? side.replace(' engine', '') : side}, ${SET_UP[setUp]}` : 'bridge, SQLite';

export function rivalsPart({ figures }: Results<RivalFigures>): Part {
	const { rows, memory, kills, pairs, seconds, connections, apiMs } = figures;
	// The least of them is drawn for each engine; the table has them all.
	const drawn = rows.filter(({ setUp }) => setUp === undefined || setUp === 'at-once' || setUp === 'unsaved');
	const bars = (key: 'ackedPerSecond' | 'deliveredPerSecond' | 'p99Ms', unit: string) =>
		drawn.map((row) => ({
			label: nameOf(row, true),
			value: row[key],
			text: `${shown(row[key])}${unit}`,
			tone: toneOf(row.side),
		}));
	const picture = chart(
		'The same journey as a workflow in n8n',
		[
			{ title: 'Acknowledged a second', note: `${connections} connections`, bars: bars('ackedPerSecond', ' /s') },
			{ title: 'Delivered a second', bars: bars('deliveredPerSecond', ' /s') },
			{ title: 'Slowest of a hundred answers (p99)', note: 'less is better', bars: bars('p99Ms', ' ms') },
			{
				title: 'Memory at its highest',
				note: 'with child processes; less is better',
				bars: memory.map(({ side, peakMb }) => ({
					label: side === 'bridge' ? 'bridge, SQLite' : side,
					value: peakMb,
					text: `${shown(peakMb)} MB`,
					tone: toneOf(side),
				})),
			},
			{
				title: 'Acknowledged, and lost by kill -9',
				note: `${kills[0]?.kills ?? 0} kills under load; less is better`,
				bars: kills
					.filter(({ setUp }) => setUp === undefined || setUp === 'at-once')
					.map((row) => ({
						label: nameOf(row, true),
						value: row.lost,
						text: `${row.lost} of ${shown(row.acknowledged)}`,
						tone: toneOf(row.side),
					})),
			},
		],
		{ other: 'a real n8n' },
	);
	const text = `What somebody would build who has n8n and no bridge: **Webhook** (raw body) → **Crypto** (HMAC of the raw bytes) → **IF** (is the signature right?) →
**HTTP Request** to the API, which answers after ${apiMs} ms (\`bench/support/n8n-workflow.mts\`). Four nodes, three expressions, no Code node, which is slower. n8n runs as it is
installed: its own SQLite, one process, its default expression engine and the older one (\`N8N_EXPRESSION_ENGINE=legacy\`); the workflow in three set-ups: as it
comes (answered at once, executions saved), with good executions not saved, and answered when the message was sent. ${connections} connections, ${pairs} alternating rounds of ${seconds} s.

${table(
	['', 'acked/s', 'p50 ms', 'p99 ms', 'delivered/s'],
	rows.map((row) => [
		nameOf(row),
		shown(row.ackedPerSecond),
		shown(row.p50Ms),
		shown(row.p99Ms),
		shown(row.deliveredPerSecond),
	]),
)}

The two do not do the same work for it. The workflow checks a signature and makes one call. The bridge also stores the order for good, tells repeats apart, reads it
as an order, chooses by rules, reads a phone number by its country, keeps a ledger of every attempt, and reads delivery states back.

Then each is killed with \`kill -9\` under load and started again, and the shop delivers once more what was not acknowledged, as Shopify does:

${table(
	['', 'kills', 'acknowledged', 'lost', 'sent twice'],
	kills.map((row) => [nameOf(row), String(row.kills), shown(row.acknowledged), String(row.lost), String(row.twice)]),
)}

n8n marks executions that a crash cut off as crashed and does not resume them. Answered when sent, it has nothing acknowledged to lose; what it had sent
without an answer is sent again when the shop asks again.`;
	return { title: 'Beside n8n', text, picture };
}
