import type { DeliverFigures } from '../deliver.mts';
import { chart } from '../support/chart.mts';
import type { Results } from '../support/figures.mts';
import { type Part, shown, table, toneOf } from './part.mts';

export function deliverPart({ figures }: Results<DeliverFigures>): Part {
	const { rows, orders, apiMs, pairs } = figures;
	const bars = (pick: (row: (typeof rows)[number]) => number, unit: string, goal?: number) =>
		rows.map((row) => ({
			label: row.engine,
			value: pick(row),
			text: `${shown(pick(row))} ${unit}`,
			tone: toneOf(row.engine),
			...(goal === undefined ? {} : { goal }),
		}));
	const picture = chart('From webhook to message', [
		{
			title: 'Delivered a second',
			note: `bursts of ${shown(orders)} orders, each with its own buyer; the API answers after ${apiMs} ms`,
			bars: bars((row) => row.endToEndPerSecond, '/s'),
		},
		{
			title: 'One order, when there is nothing else to do',
			note: `from the webhook to the API's answer, its ${apiMs} ms included; median; less is better`,
			bars: bars((row) => row.idleP50Ms, 'ms', 20),
		},
		{
			title: 'Memory of an idle bridge',
			note: 'resident; the child that lays out invoices comes on top, where a mapping has one; less is better',
			bars: bars((row) => row.memory.started, 'MB', 150),
		},
		{
			title: 'Processor time for one message',
			note: 'bridge and database, from webhook to answer, while so many others wait; less is better',
			bars: rows.flatMap(({ engine, waiting }) =>
				waiting.map(({ messages, cpuMs }) => ({
					label: `${engine}, ${messages.toLocaleString('en-US')} waiting`,
					value: cpuMs,
					text: `${shown(cpuMs)} ms`,
					tone: toneOf(engine),
				})),
			),
		},
	]);
	const text = `An order comes as a signed webhook, is stored, mapped to a template message and sent to an API that answers after ${apiMs} ms; its delivery state is
then read back, which costs two more calls a message. \`messlo.perSecond\` is at its most, 1,000. Medians of ${pairs} alternating bursts; a burst is counted
from the first byte of its first webhook to the API's last answer.

${table(
	[
		'engine',
		'delivered/s',
		'acked/s meanwhile',
		'idle p50 ms',
		'idle p99 ms',
		'idle MB',
		'layout child MB',
		'MB after all bursts',
	],
	rows.map(({ engine, endToEndPerSecond, ackedPerSecond, idleP50Ms, idleP99Ms, memory }) => [
		engine,
		shown(endToEndPerSecond),
		shown(ackedPerSecond),
		shown(idleP50Ms),
		shown(idleP99Ms),
		shown(memory.started),
		shown(memory.layoutChild),
		shown(memory.afterBursts),
	]),
)}

Idle: orders that come one by one, in rounds that alternate between the engines; p50 is the median of the rounds' medians. It is a time and no ratio, so it follows
the speed of the machine in that hour: see the fdatasync above.

The memory goal is for the bridge's own process, with every shipped mapping, ten seconds after its start; the layout child is shared by all invoices.
PostgreSQL's own memory is not in it.

With messages waiting: as many orders come in a second as messages may leave, so that the number that waits stays as it is, and the processor
time of bridge and database is divided by the messages that left. Messages older than a minute are also looked at again before they go; these are not.

${table(
	['engine', 'waiting', 'CPU ms a message', 'left a second'],
	rows.flatMap(({ engine, waiting }) =>
		waiting.map(({ messages, cpuMs, perSecond }) => [
			engine,
			messages.toLocaleString('en-US'),
			shown(cpuMs),
			shown(perSecond),
		]),
	),
)}`;
	return { title: 'Delivered', text, picture };
}
