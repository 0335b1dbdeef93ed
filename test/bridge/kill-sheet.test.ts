import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../../sandbox/src/sandbox';
import { CliProcess, writeConfig } from '../support/cli';
import { TestClock } from '../support/clock';
import { type FakeGoogle, startFakeGoogle } from '../support/fake-google/server';
import { fakeSheets, FakeTab } from '../support/fake-google/sheets';
import { control, takenBy } from '../support/sandbox-control';
import { person, SPREADSHEET } from './sources/google-sheets/sheet-world';

const ROUNDS = 6;
const ROWS = 150;
/** The looks of a message that may have arrived, and the sheet's own rhythm. */
const SETTLED_MS = 90_000;
const MAPPING = 'on: sheet.row\ntemplate: sale\nvariables: { "1": "{{ row.Name }}" }\n';

let folder: string;
let sandbox: Sandbox;
let google: FakeGoogle;
let bridge: CliProcess | undefined;
const tab = new FakeTab('Broadcast', [
	['Name', 'Phone', 'Status'],
	...Array.from({ length: ROWS }, (_, n) => person(n)),
]);
const clock = new TestClock();
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-kill-sheet-'));
	sandbox = await startSandbox();
	google = await startFakeGoogle({ clock, apis: [fakeSheets([{ id: SPREADSHEET, tabs: [tab] }]).api] });
	await control(sandbox, 'templates', [{ name: 'sale', language: 'en_US', message_body: 'Our sale begins, {{1}}!' }]);
	// Taken at once and answered late: the moment at which a kill hurts most.
	await control(sandbox, 'faults', [{ operation: 'sendMessage', delayMs: 40, times: 'always' }]);
	mkdirSync(join(folder, 'messages'));
	writeFileSync(join(folder, 'messages', 'sale.yaml'), MAPPING);
});
afterAll(async () => {
	bridge?.kill('SIGKILL');
	await bridge?.finished;
	await google.close();
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

async function takenBeyond(count: number): Promise<void> {
	for (const until = performance.now() + 20_000; performance.now() < until && count < ROWS; await wait(20))
		if ((await takenBy(sandbox)).length > count) return;
}

test('after kill -9 at random moments each row of a sheet is sent, and none twice', async () => {
	const source = [
		`id: diwali, kind: google-sheets, spreadsheet: ${SPREADSHEET}, sheet: Broadcast, phone: Phone, status: Status, every: 5s`,
		`credentials: "${google.credentials()}", rootUrl: "${google.url}"`,
	].join(', ');
	const config = writeConfig(folder, { api: sandbox.url, sources: `[{ ${source} }]`, more: 'messages: ./messages' });
	const kills: number[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const running = (bridge = await CliProcess.bridge(config));
		// Half of the kills strike wherever it is by then, the others when messages are leaving.
		const isLate = round >= ROUNDS / 2;
		if (isLate) await takenBeyond((await takenBy(sandbox)).length);
		const moment = Math.round(Math.random() * (isLate ? 200 : 1200));
		kills.push(moment);
		await wait(moment);
		running.kill('SIGKILL');
		expect(await running.finished).toMatchObject({ signal: 'SIGKILL' });
		// A person sorts the sheet while nobody is looking.
		const [header = [], ...rows] = tab.rows.splice(0);
		tab.rows.push(header, ...rows.sort(() => Math.random() - 0.5));
		// Google's quota is of the minute.
		clock.advance(60_000);
	}
	const before = { kills, taken: (await takenBy(sandbox)).length };

	const last = (bridge = await CliProcess.bridge(config));
	const isSaid = (status: string) => ['sent', 'delivered', 'read'].includes(status);
	for (const until = performance.now() + SETTLED_MS; performance.now() < until; await wait(500)) {
		clock.advance(500);
		if (tab.all('Status').every(isSaid)) break;
	}
	const taken = (await takenBy(sandbox)).map(({ templateVariables }) => templateVariables['1'] ?? '');
	const lost = tab.all('Name').filter((name) => !taken.includes(name));
	const twice = taken.filter((name, at) => taken.indexOf(name) !== at);
	expect({ before, lost, twice }).toEqual({ before, lost: [], twice: [] });
	expect(tab.all('Status').filter((status) => !isSaid(status))).toEqual([]);
	// The test is only worth its name when a kill struck in the middle.
	expect(before.taken).toBeGreaterThan(0);
	last.kill('SIGTERM');
	expect(await last.finished).toMatchObject({ code: 0 });
}, 180_000);
