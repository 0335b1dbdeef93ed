/**
 * Invoices: time, memory, and how long the bridge's event loop was blocked meanwhile; beside the same work done in this thread.
 * Run `npm run build`, then `npx node bench/invoice.mts`.
 */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import type { Line, Order } from '../bridge/src/domain.ts';

const root = resolve(import.meta.dirname, '..');
const built = (file: string) => import(pathToFileURL(join(root, 'bridge/dist/bridge/src/documents', file)).href);
const LAYOUTS = join(root, 'templates/documents');
const COMPANY = {
	name: 'Kaveri Handlooms',
	country: 'IN',
	taxId: '29ABCDE1234F1Z5',
	state: '29-Karnataka',
	address: ['MG Road', 'Bengaluru'],
};

function order(lines: number, at: number): Order {
	const line = (number: number): Line => ({
		title: number % 2 ? `बनारसी रेशम साड़ी ${at}-${number}` : `Brass lamp ${at}-${number} ✨`,
		sku: `SKU-${number}`,
		hsn: '9405',
		quantity: 1,
		price: '100.00',
		total: '100.00',
		discount: '0.00',
		tax: '18.00',
		taxes: [{ title: 'IGST', rate: '0.18', amount: '18.00' }],
		properties: [],
	});
	const home = {
		name: 'अनुष्का कृष्णमूर्ति',
		line1: `फ्लैट ${at}`,
		city: 'पुणे',
		region: 'Maharashtra',
		postcode: '411005',
		country: 'IN',
	};
	return {
		id: String(at),
		name: `#${at}`,
		number: String(at),
		status: 'open',
		currency: 'INR',
		total: `${118 * lines}.00`,
		subtotal: `${100 * lines}.00`,
		tax: `${18 * lines}.00`,
		discount: '0.00',
		shipping: '0.00',
		tip: '0.00',
		outstanding: `${118 * lines}.00`,
		taxesIncluded: false,
		createdAt: '2026-11-20T14:05:11+05:30',
		updatedAt: '2026-11-20T14:05:11+05:30',
		isCod: true,
		tags: [],
		attributes: {},
		customer: { name: home.name },
		billing: home,
		delivery: home,
		lines: Array.from({ length: lines }, (_, number) => line(number)),
		taxes: [{ title: 'IGST', rate: '0.18', amount: `${18 * lines}.00` }],
		discounts: [],
		refunds: [],
		fulfilments: [],
		shop: { id: 'bench', domain: 'bench.example' },
		test: false,
	};
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/**
 * Runs `work` for each document. `own` is this thread's CPU time for one document: no loop can be blocked longer by it, however
 * busy the machine is; the lateness of timers also counts what other processes took.
 */
async function measure(documents: number, work: (at: number) => unknown) {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	const times: number[] = [];
	const own: number[] = [];
	delay.enable();
	for (let at = 0; at < documents; at++) {
		const start = performance.now();
		const used = process.threadCpuUsage();
		await work(at);
		const { user, system } = process.threadCpuUsage(used);
		own.push((user + system) / 1000);
		times.push(performance.now() - start);
		await new Promise(setImmediate);
	}
	delay.disable();
	return {
		ms: at(times, 0.5),
		own: at(own, 0.5),
		ownMax: at(own, 1),
		p99: delay.percentile(99) / 1e6,
		max: delay.max / 1e6,
	};
}

const at = (values: number[], share: number): number =>
	[...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

/** Resident memory of this process's children: the one that lays out documents. */
const childMemory = (): number =>
	execFileSync('ps', ['-o', 'rss=,comm=', '--ppid', String(process.pid)])
		.toString()
		.split('\n')
		.filter((row) => !row.endsWith('ps'))
		.reduce((sum, row) => sum + (parseInt(row, 10) || 0) * 1024, 0);

async function main(): Promise<void> {
	const { createRenderer }: typeof import('../bridge/src/documents/renderer.ts') = await built('renderer.js');
	const { createTypesetter }: typeof import('../bridge/src/documents/typesetter.ts') = await built('typesetter.js');
	const { invoiceData }: typeof import('../bridge/src/documents/invoice-data.ts') = await built('invoice-data.js');
	const { findFontFiles, families }: typeof import('../bridge/src/documents/fonts.ts') = await built('fonts.js');
	const { readFont }: typeof import('../bridge/src/documents/font-file.ts') = await built('font-file.js');
	const { findLayout }: typeof import('../bridge/src/documents/layout-folder.ts') = await built('layout-folder.js');

	const renderer = createRenderer({ layouts: LAYOUTS, fonts: [join(LAYOUTS, 'fonts')], company: COMPANY });
	const render = (lines: number) => (at: number) =>
		renderer.render({ document: 'invoice', order: order(lines, at), language: 'en-IN' });
	// As the bridge does, before its door opens.
	const startedIn = performance.now();
	renderer.start();
	const startMs = performance.now() - startedIn;
	await new Promise((done) => setTimeout(done, 1000));
	const first = await measure(1, render(10));
	await measure(10, render(100));

	const idle = await measure(100, () => new Promise((done) => setTimeout(done, 20)));
	const ten = await measure(100, render(10));
	const hundred = await measure(50, render(100));
	const before = childMemory();
	const own = process.memoryUsage.rss();
	const many = await measure(500, render(10));
	const after = childMemory();
	const ownAfter = process.memoryUsage.rss();
	renderer.close();

	const files = findFontFiles([join(LAYOUTS, 'fonts')]);
	const typesetter = createTypesetter(findLayout(LAYOUTS, 'invoice'), files);
	const fonts = families(files.map(readFont), 'ltr', 'en');
	const here = (lines: number) => (at: number) =>
		typesetter.pdf({ ...invoiceData(order(lines, at), COMPANY, 'en-IN'), fonts }, new Date());
	await measure(5, here(10));
	const tenHere = await measure(50, here(10));
	const hundredHere = await measure(25, here(100));

	const row = (name: string, { ms, own, ownMax, p99, max }: Awaited<ReturnType<typeof measure>>) => ({
		'': name,
		'ms a document': ms.toFixed(1),
		'own CPU ms': own.toFixed(2),
		'own CPU max ms': ownMax.toFixed(1),
		'loop late p99 ms': p99.toFixed(1),
		'loop late max ms': max.toFixed(1),
	});
	console.table([
		row('nothing (timer of 20 ms)', idle),
		row('first invoice', first),
		row('10 lines, own process', ten),
		row('100 lines, own process', hundred),
		row('500 × 10 lines, own process', many),
		row('10 lines, in this thread', tenHere),
		row('100 lines, in this thread', hundredHere),
	]);
	console.log(`starting the layout process, once, before the bridge listens: ${startMs.toFixed(0)} ms`);
	console.log(
		`time against this thread: 10 lines × ${(ten.ms / tenHere.ms).toFixed(2)}, 100 lines × ${(hundred.ms / hundredHere.ms).toFixed(2)}`,
	);
	console.log(
		`memory before and after 500: layout process ${megabytes(before)} → ${megabytes(after)} MB, bridge ${megabytes(own)} → ${megabytes(ownAfter)} MB`,
	);
}

void main();
