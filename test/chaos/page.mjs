/** The table of docs/guarantees.md, and where it goes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const [BEGIN, END] = ['<!-- figures: npm run test:chaos -- --write -->', '<!-- end of figures -->'];
/** As the page explains them. */
const ORDER = [
	'kill -9 at every step',
	'kill -9 at any moment',
	'power cut',
	'disk full',
	'store gone and back',
	'clock jumps forward and back',
	'faults of the API',
	'webhooks twice, out of order, a day late',
	'one of three killed, one paused',
];
const COLUMNS = {
	scenario: 'scenario',
	engine: 'engine',
	rounds: 'rounds',
	faults: 'faults',
	acknowledged: 'acknowledged',
	sent: 'sent',
	lost: 'lost',
	twice: 'sent twice',
	outOfOrder: 'out of order',
	lies: 'untrue in the ledger',
	held: 'held for a person',
	notSent: 'rightly not sent',
};
const SUMS = ['rounds', 'faults', 'acknowledged', 'sent', 'lost', 'twice', 'outOfOrder', 'lies', 'held', 'notSent'];

const number = (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : value);

function table(figures) {
	const place = ({ scenario, engine }) => ORDER.indexOf(scenario) * 2 + (engine === 'SQLite' ? 0 : 1);
	const rows = figures.toSorted((one, other) => place(one) - place(other));
	const sums = ['SQLite', 'PostgreSQL'].flatMap((engine) => {
		const own = rows.filter((row) => row.engine === engine);
		if (own.length === 0) return [];
		const sum = Object.fromEntries(SUMS.map((key) => [key, own.reduce((total, row) => total + row[key], 0)]));
		return [{ scenario: '**together**', engine, ...sum }];
	});
	const cells = [...rows, ...sums].map((row) =>
		row.skipped === undefined
			? Object.keys(COLUMNS).map((key) => number(row[key]))
			: [row.scenario, row.engine, `skipped: ${row.skipped}`, ...Array(Object.keys(COLUMNS).length - 3).fill('')],
	);
	const line = (values) => `| ${values.join(' | ')} |`;
	const rule = Object.keys(COLUMNS).map((_, at) => (at < 2 ? '---' : '--:'));
	return [Object.values(COLUMNS), rule, ...cells].map(line).join('\n');
}

/** For the terminal. */
export const showFigures = (figures) => (figures.length === 0 ? 'No figures.' : table(figures));

/** Puts the figures of a whole run between the marks of the page. */
export function writePage(root, figures, { seed, minutes }) {
	const file = join(root, 'docs/guarantees.md');
	const page = readFileSync(file, 'utf8');
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${file} lacks the marks ${BEGIN} and ${END}`);
	const day = new Date().toISOString().slice(0, 10);
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const where = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${gigabytes} GB, ${process.platform}, Node ${process.versions.node}`;
	const said = `Made on ${day} in ${Math.ceil(minutes)} minutes on ${where}; seed ${seed}.`;
	writeFileSync(file, `${before}${BEGIN}\n\n${said}\n\n${table(figures)}\n\n${END}${after}`);
}
