import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { CLI_ADMIN_TOKEN, CliProcess, runCli, writeConfig } from '../../support/cli';
import { TestClock } from '../../support/clock';
import { type FakeGoogle, startFakeGoogle } from '../../support/fake-google/server';
import { fakeSheets, FakeTab } from '../../support/fake-google/sheets';

const SHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdEFG';
let folder: string;
let google: FakeGoogle;
let sandbox: Sandbox;
let config: string;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-campaign-'));
	const clock = new TestClock();
	const rows = [
		['Name', 'Phone'],
		['Asha', '+919876543210'],
		['Ravi', '+919812345670'],
		['Mira', '+919898989898'],
	];
	const sheets = fakeSheets([{ id: SHEET, tabs: [new FakeTab('Broadcast', rows)] }]);
	[google, sandbox] = await Promise.all([startFakeGoogle({ clock, apis: [sheets.api] }), startSandbox({ clock })]);
	mkdirSync(join(folder, 'messages'));
	const mapping = 'on: sheet.row\ntemplate: sale\nvariables: { "1": "DIWALI" }\nenabled: false\n';
	writeFileSync(join(folder, 'messages/sale.yaml'), mapping);
	const keys = `credentials: "${google.credentials()}", rootUrl: "${google.url}", send: marked`;
	const source = `{ id: diwali, kind: google-sheets, spreadsheet: ${SHEET}, sheet: Broadcast, phone: Phone, status: Status, ${keys} }`;
	config = writeConfig(folder, { api: sandbox.url, sources: `[${source}]`, more: 'messages: ./messages' });
	await control('POST', 'templates', [
		{ name: 'sale', language: 'en_US', message_body: 'Our sale has begun, use code {{1}} until Sunday!' },
	]);
});
afterEach(async () => {
	await Promise.all([google.close(), sandbox.close()]);
	rmSync(folder, { recursive: true, force: true });
});
async function control(method: string, path: string, body?: unknown): Promise<unknown> {
	const answer = await fetch(`${sandbox.url}/__sandbox/${path}`, {
		method,
		headers: { 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return answer.json();
}
const posted = async () => {
	const all = (await control('GET', 'requests')) as { method: string }[] | { items: { method: string }[] };
	return (Array.isArray(all) ? all : all.items).filter(({ method }) => method === 'POST');
};
const run = (port: string, ...more: string[]) => {
	writeConfigPort(port);
	return runCli([
		'campaign',
		'--source',
		'diwali',
		'--mapping',
		'sale',
		'--name',
		'Diwali',
		'--config',
		config,
		...more,
	]);
};
function writeConfigPort(port: string): void {
	writeFileSync(config, readFileSync(config, 'utf8').replace(/port: \d+/, `port: ${port}`));
}

test('everybody in the sheet but who wrote STOP; a rehearsal starts nothing; without the bridge nobody is written to', async () => {
	const away = await run('9');
	expect([away.code, away.stderr]).toEqual([
		1,
		expect.stringMatching(/cannot be asked who wrote STOP.*nothing was started/),
	]);
	writeConfigPort('0');
	const bridge = await CliProcess.bridge(config);
	try {
		const { port } = new URL(bridge.url);
		await fetch(`${bridge.url}/api/v1/suppressions`, {
			method: 'POST',
			headers: { authorization: `Bearer ${CLI_ADMIN_TOKEN}`, 'content-type': 'application/json' },
			body: JSON.stringify({ phone: '+919812345670', reason: 'wrote STOP' }),
		});
		const rehearsal = await run(port, '--dry-run');
		expect([rehearsal.code, rehearsal.stderr]).toEqual([0, '']);
		expect(rehearsal.stdout).toMatch(/would go to 2 people\. Nothing was started\.[^]*left out: 1 × wants no messages/);
		expect(await posted()).toEqual([]);
		const { code, stdout, stderr } = await run(port);
		expect([code, stderr]).toEqual([0, '']);
		expect(stdout).toMatch(/Campaign 'Diwali' \(\w+\): \w+, to 2 people/);
		const text = JSON.stringify(await posted());
		expect(text).toContain('919876543210');
		expect(text).not.toContain('919812345670');
	} finally {
		bridge.kill('SIGTERM');
		await bridge.finished;
	}
});
