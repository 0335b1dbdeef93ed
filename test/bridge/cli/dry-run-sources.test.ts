import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DryRun } from '../../../bridge/src/cli/dry-run/run';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { runCli, writeConfig } from '../../support/cli';
import { TestClock } from '../../support/clock';
import { createFakeCalendar } from '../../support/fake-google/calendar';
import { startFakeGoogle } from '../../support/fake-google/server';
import { fakeSheets, FakeTab } from '../../support/fake-google/sheets';
import { startFakeWooCommerce, WOO_KEY, WOO_KEY_SECRET } from '../../support/fake-woocommerce/fake-woocommerce';
import { control, takenBy } from '../../support/sandbox-control';
import { appointmentMappings } from '../journey/calendar-world';
import { person, SPREADSHEET } from '../sources/google-sheets/sheet-world';

let folder: string;
let sandbox: Sandbox;
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-dry-'));
	sandbox = await startSandbox();
});
afterEach(async () => {
	await Promise.all(closing.splice(0).map((close) => close()));
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

async function dryRun(source: string, messages?: string): Promise<DryRun['messages']> {
	const more = messages === undefined ? '' : `messages: ${messages}`;
	const config = writeConfig(folder, { api: sandbox.url, sources: `[${source}]`, more });
	const { stdout, stderr } = await runCli([
		'dry-run',
		'--source',
		'it',
		'--show-numbers',
		'--json',
		'--config',
		config,
	]);
	expect(stderr).toBe('');
	expect(await takenBy(sandbox)).toEqual([]);
	return (JSON.parse(stdout) as DryRun).messages;
}
const shown = (messages: DryRun['messages']) =>
	messages.map(({ about, mapping, to, verdict }) => [about, mapping, to, verdict]);

test('the last orders of a WooCommerce shop', async () => {
	const shop = await startFakeWooCommerce({ clock: new TestClock(new Date(Date.now() - 3_600_000).toISOString()) });
	closing.push(shop.close);
	const billing = (phone: string) => ({ first_name: 'Asha', country: 'IN', phone });
	const id = shop.orders.place({ status: 'processing', billing: billing('98765 43210') });
	shop.orders.place({ status: 'processing', billing: billing('') });
	const keys = `secrets: [s], consumerKey: ${WOO_KEY}, consumerSecret: ${WOO_KEY_SECRET}`;
	const messages = await dryRun(`{ id: it, kind: woocommerce, url: "${shop.url}", ${keys} }`);
	expect(shown(messages)).toContainEqual([`#${id}`, 'order-confirmation', '+919876543210', 'refused']);
	expect(messages.filter(({ verdict }) => verdict === 'held').map(({ reason }) => reason)).toContainEqual(
		expect.stringContaining('no phone number in the order'),
	);
	expect(shop.requests.map(({ method }) => method)).toEqual(shop.requests.map(() => 'GET'));
});

test('the last rows of a sheet, which nothing is written into', async () => {
	const tab = new FakeTab('Broadcast', [['Name', 'Phone', 'Status'], person(1), ['Nobody', '9.19877E+11'], person(2)]);
	const google = await startFakeGoogle({
		clock: new TestClock(),
		apis: [fakeSheets([{ id: SPREADSHEET, tabs: [tab] }]).api],
	});
	closing.push(() => google.close());
	await control(sandbox, 'templates', [{ name: 'sale', language: 'en_US', message_body: 'Our sale begins, {{1}}!' }]);
	mkdirSync(join(folder, 'messages'));
	writeFileSync(
		join(folder, 'messages', 'sale.yaml'),
		'on: sheet.row\ntemplate: sale\nvariables: { "1": "{{ row.Name }}" }\n',
	);
	const before = JSON.stringify(tab.rows);
	const messages = await dryRun(
		`{ id: it, kind: google-sheets, spreadsheet: ${SPREADSHEET}, sheet: Broadcast, phone: Phone, status: Status, credentials: "${google.credentials()}", rootUrl: "${google.url}" }`,
		'./messages',
	);
	expect(messages.map(({ to, verdict }) => `${to ?? 'nobody'} ${verdict}`).sort()).toEqual([
		'+919876540001 sent',
		'+919876540002 sent',
		'nobody held',
	]);
	expect(messages.find(({ verdict }) => verdict === 'held')?.reason).toMatch(/its last digits are lost/);
	expect(JSON.stringify(tab.rows)).toBe(before);
});

test('the appointments of a calendar', async () => {
	const clock = new TestClock();
	const calendar = createFakeCalendar(clock);
	const google = await startFakeGoogle({ clock, apis: [calendar.api] });
	closing.push(() => google.close());
	calendar.book(new Date(Date.now() + 3 * 86_400_000).toISOString());
	const messages = await dryRun(
		`{ id: it, kind: google-calendar, calendar: "${calendar.id}", remind: [24h], credentials: "${google.credentials()}", rootUrl: "${google.url}" }`,
		appointmentMappings(),
	);
	expect(messages.map(({ mapping, to }) => [mapping, to])).toContainEqual(['appointment-reminder', '+919876543210']);
	expect(google.requests.map(({ method }) => method)).toEqual(google.requests.map(() => 'GET'));
});
