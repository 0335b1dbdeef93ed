import type { ScaleFigures } from '../scale.mts';
import { chart } from '../support/chart.mts';
import type { Results } from '../support/figures.mts';
import { type Part, shown, table } from './part.mts';

export function scalePart({ figures, machine }: Results<ScaleFigures>): Part {
	const { rows, ratios, latencyMs, pairs } = figures;
	const bars = (key: 'slow' | 'fast' | 'acked', goal?: number) =>
		rows.map((row) => ({
			label: row.processes === 1 ? 'one bridge' : `${row.processes} bridges`,
			value: row[key],
			text: `${shown(row[key])} /s`,
			tone: 'postgres' as const,
			...(goal !== undefined && row.processes === 3 ? { goal: goal * (rows[0]?.[key] ?? 0) } : {}),
		}));
	const picture = chart('Several bridges on one PostgreSQL', [
		{
			title: `Delivered a second, the API answers after ${latencyMs.slow} ms`,
			note: 'as one on the internet does: a bridge mostly waits',
			bars: bars('slow', 2),
		},
		{
			title: `Delivered a second, the API answers after ${latencyMs.fast} ms`,
			note: `bridges, database, API and load generator share ${machine.cores} cores`,
			bars: bars('fast'),
		},
		{ title: 'Acknowledged a second', note: 'each answer waits for a commit of the database', bars: bars('acked') },
	]);
	const [most = { busy: 0, processes: 0 }] = rows.toSorted((a, b) => b.busy - a.busy);
	const text = `Bridges that share a ledger: each takes webhooks, each delivers. ${pairs} alternating rounds, each on a database of its own. What can be shown depends on the
machine. Against an API that answers after ${latencyMs.slow} ms a bridge waits most of the time, with so many messages in flight, and every further bridge adds as many.
Against an API of ${latencyMs.fast} ms, and for acknowledgements, all of them share the ${machine.cores} cores with the database, the API and the load generator; how many of the
cores bridges and database used is told beside.${
		most.busy > 0.9 * machine.cores
			? ` Here the cores were the limit: ${most.busy.toFixed(2)} of ${machine.cores} were busy with ${most.processes} bridges and their database alone.`
			: ''
	}

${table(
	[
		'bridges',
		`delivered/s, ${latencyMs.slow} ms`,
		'beside one',
		'most in flight',
		`delivered/s, ${latencyMs.fast} ms`,
		'beside one',
		'cores busy with it',
		'acked/s',
		'beside one',
	],
	rows.map((row) => {
		const ratio = ratios.find(({ processes }) => processes === row.processes);
		const times = (value = Number.NaN) => `${value.toFixed(2)} ×`;
		return [
			String(row.processes),
			shown(row.slow),
			times(ratio?.slow),
			shown(row.inFlight),
			shown(row.fast),
			times(ratio?.fast),
			row.busy.toFixed(2),
			shown(row.acked),
			times(ratio?.acked),
		];
	}),
)}`;
	return { title: 'One, two, three bridges', text, picture };
}
