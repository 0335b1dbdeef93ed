/**
 * A sheet of 100,000 rows as a broadcast, from the first look to the last status: requests used beside the least that the same
 * work can take, memory, and time a row besides the APIs. The fake Google and the stand-in API each run in a process of their
 * own; the bridge in this one runs on the clock of the fake, so that a minute of quota does not take a minute.
 * Run `npm run build`, then `npx node bench/sheets.mts [rows] [send]`. Without `send` the mapping wants no row, so that what is measured is the sheet: every
 * row is read, named, stored, planned and gets its status; with it, every row becomes a message as well.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const ROWS = Number(process.argv[2] ?? 100_000);
const SENDS = process.argv[3] === 'send';
const role = process.env['BENCH_SHEETS'];
const WIDTH = 8;
/** What the bridge's process may have; a heap that grew with the rows would end it. */
const HEAP_MB = 160;

/** Google as far as the bridge asks: the same answers as test/support/fake-google, for one sheet and without checks. */
function serveGoogle(): void {
	const rows: string[][] = [['Name', 'Phone', 'City', 'Code', 'Status']];
	for (let n = 1; n <= ROWS; n += 1)
		rows.push([`Person ${n}`, `+9198${String(10_000_000 + n)}`, 'Bengaluru', `DIWALI${n}`, '']);
	const calls: Record<string, number> = { read: 0, write: 0 };
	let [busyMs, largest] = [0, 0];
	const column = (letters: string) => [...letters].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0) - 1;
	const place = (range: string) => {
		const [, from = '', first = '', to = '', last = ''] = /!([A-Z]*)(\d+):([A-Z]*)(\d*)$/.exec(range) ?? [];
		const end = to === '' ? 25 : column(to);
		return {
			first: Number(first),
			last: last === '' ? rows.length : Number(last),
			from: from === '' ? 0 : column(from),
			to: end,
		};
	};
	const shown = (range: string) => {
		const { first, last, from, to } = place(range);
		return { range, values: rows.slice(first - 1, last).map((row) => row.slice(from, to + 1)) };
	};
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const started = performance.now();
			const url = new URL(request.url ?? '', 'http://x');
			const body =
				parts.length > 0 && request.headers['content-type']?.includes('json')
					? JSON.parse(Buffer.concat(parts).toString())
					: {};
			let answer: unknown;
			if (url.pathname === '/calls') answer = { ...calls, busyMs, largest };
			else if (url.pathname === '/statuses') {
				const tally: Record<string, number> = {};
				for (const row of rows.slice(1)) tally[row[4] ?? ''] = (tally[row[4] ?? ''] ?? 0) + 1;
				answer = tally;
			} else if (url.pathname === '/token')
				answer = { access_token: 'ya29.bench', expires_in: 3600, token_type: 'Bearer' };
			else if (request.method === 'GET') {
				calls['read'] = (calls['read'] ?? 0) + 1;
				answer = url.pathname.endsWith('values:batchGet')
					? { valueRanges: url.searchParams.getAll('ranges').map(shown) }
					: {
							sheets: [
								{
									properties: {
										sheetId: 0,
										title: 'Broadcast',
										gridProperties: { rowCount: ROWS + 1, columnCount: 26 },
									},
								},
							],
						};
			} else {
				calls['write'] = (calls['write'] ?? 0) + 1;
				for (const { range, values } of body.data as { range: string; values: (string | null)[][] }[]) {
					const { first, from } = place(range);
					for (const [down, line] of values.entries())
						for (const [right, text] of line.entries())
							if (text !== null) {
								const row = (rows[first - 1 + down] ??= []);
								while (row.length < from + right) row.push('');
								row[from + right] = text;
							}
				}
				answer = { responses: (body.data as { range: string }[]).map(({ range }) => ({ updatedData: shown(range) })) };
			}
			const text = JSON.stringify(answer);
			largest = Math.max(largest, text.length, Buffer.concat(parts).length);
			response.writeHead(200, { 'content-type': 'application/json' }).end(text);
			busyMs += performance.now() - started;
		});
	});
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

/** The API as far as the bridge asks: takes every message, and the list of templates. */
function serveApi(): void {
	let taken = 0;
	const seen = new Set<string>();
	let twice = 0;
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			let answer: unknown = { success: true, data: [] };
			if (request.url === '/calls') answer = { taken, twice };
			else if (request.method === 'POST') {
				taken += 1;
				const to = /"contact_no":"(\d+)"/.exec(body)?.[1] ?? '';
				if (seen.has(to)) twice += 1;
				seen.add(to);
				answer = { success: true, data: { _id: `m${taken}`, messageId: `wamid.${taken}` } };
			} else if (request.url?.startsWith('/api/template'))
				answer = {
					success: true,
					data: [
						{
							_id: 't',
							template_name: 'sale',
							language: 'en_US',
							status: 'approved',
							message_body: 'Hello {{1}}: {{2}}!',
						},
					],
				};
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
		});
	});
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

const startServer = (which: string) =>
	new Promise<{ child: ChildProcess; url: string }>((ready) => {
		const child = fork(import.meta.filename, [String(ROWS)], {
			env: { ...process.env, BENCH_SHEETS: which },
			execArgv: [],
		});
		child.once('message', (port) => ready({ child, url: `http://127.0.0.1:${String(port)}` }));
	});
const ask = async (url: string) => (await (await fetch(url)).json()) as Record<string, number>;

async function run(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'messlo-sheets-'));
	mkdirSync(join(folder, 'messages'));
	writeFileSync(
		join(folder, 'messages', 'sale.yaml'),
		`on: sheet.row\ntemplate: sale\nwhen: row.Name ${SENDS ? '!=' : '=='} "nobody"\nvariables: { "1": "{{ row.Name }}", "2": "{{ row.Code }}" }\n`,
	);
	writeFileSync(
		join(folder, 'google.json'),
		JSON.stringify({ client_id: 'bench', client_secret: 'bench', refresh_token: 'bench' }),
	);
	const [google, api] = [await startServer('google'), await startServer('api')];
	const built = createRequire(join(root, 'bridge/dist/bridge/src/'));
	const { readConfig } = built('./config/read-config') as typeof import('../bridge/src/config/read-config.ts');
	const { loadMappings } = built('./mapping/load-mappings') as typeof import('../bridge/src/mapping/load-mappings.ts');
	const { startBridge } = built('./main') as typeof import('../bridge/src/main.ts');
	const { createLogger } = built('./log') as typeof import('../bridge/src/log.ts');
	const reading = readConfig({
		file: join(folder, 'bridge.yaml'),
		text: `messlo: { apiKey: bench, baseUrl: "${api.url}", sender: "911234567890", wabaId: "1", perSecond: 1000 }
server: { port: 0, adminToken: bench-admin-token }
store: { url: "sqlite:./bridge.db" }
defaults: { country: IN, timezone: Asia/Kolkata }
messages: ./messages
sources: [{ id: sale, kind: google-sheets, spreadsheet: bench, sheet: Broadcast, phone: Phone, status: Status, credentials: ./google.json, rootUrl: "${google.url}" }]
`,
		env: {},
	});
	if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
	const { mappings } = await loadMappings(join(folder, 'messages'));
	let time = Date.now();
	const idle = process.memoryUsage().rss;
	let peak = 0;
	const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
	const bridge = await startBridge({
		config: reading.config,
		mappings,
		clock: { now: () => new Date(time) },
		run: false,
		log: createLogger('error'),
	});
	const cpu = process.cpuUsage();
	const started = performance.now();
	let minutes = 0;
	for (;;) {
		await bridge.drain();
		const statuses = await ask(`${google.url}/statuses`);
		const said = SENDS ? ['sent', 'delivered', 'read'] : ['not sent'];
		if (said.reduce((sum, status) => sum + (statuses[status] ?? 0), 0) >= ROWS) break;
		if ((minutes += 0.5) > 600) throw new Error(`it does not end: ${JSON.stringify(statuses)}`);
		time += 30_000;
	}
	const elapsed = performance.now() - started;
	const used = process.cpuUsage(cpu);
	clearInterval(sampling);
	const calls = await ask(`${google.url}/calls`);
	const { taken, twice } = await ask(`${api.url}/calls`);
	await bridge.stop();
	google.child.kill();
	api.child.kill();
	rmSync(folder, { recursive: true, force: true });

	// Ids have to be written before rows are sent, and a status afterwards: each cell once, 5000 rows a request, and read once.
	const chunks = Math.ceil(ROWS / 5000);
	const line = (name: string, value: string) => console.log(`${name.padEnd(42)} ${value.padStart(14)}`);
	console.log(`${ROWS} rows, ${WIDTH} columns, Node ${process.version}\n`);
	line('messages sent', `${taken}`);
	line('rows sent twice', `${twice}`);
	line('read requests', `${calls['read']}`);
	line('  least: each row read once', `${chunks}`);
	line('write requests', `${calls['write']}`);
	line('  least: ids once, statuses once', `${chunks * 2}`);
	line('largest request or answer, kB', ((calls['largest'] ?? 0) / 1000).toFixed(0));
	line("minutes of Google's quota and schedule", minutes.toFixed(1));
	line('heap allowed, MB', `${HEAP_MB}`);
	line('RSS before, MB', (idle / 1e6).toFixed(0));
	line('RSS at its highest, MB', (peak / 1e6).toFixed(0));
	line('CPU a row, µs (all but both APIs)', ((used.user + used.system) / ROWS).toFixed(0));
	line('time a row, µs (fake APIs included)', ((elapsed * 1000) / ROWS).toFixed(0));
}

if (role === 'google') serveGoogle();
else if (role === 'api') serveApi();
else if (role === 'bridge') await run();
// What V8 would let lie about is not what the bridge needs: with this much heap it works as fast.
else
	fork(import.meta.filename, process.argv.slice(2), {
		env: { ...process.env, BENCH_SHEETS: 'bridge' },
		execArgv: [`--max-old-space-size=${HEAP_MB}`],
	});
