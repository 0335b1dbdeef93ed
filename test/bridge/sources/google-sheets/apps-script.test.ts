import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { appsScriptDoor } from '../../../../bridge/src/sources/google-sheets/apps-script';
import { googleSheetsSource } from '../../../../bridge/src/sources/google-sheets/google-sheets-source';
import type { SheetConfig } from '../../../../bridge/src/sources/google-sheets/sheet-config';
import { sourceBattery } from '../battery';
import { person, SECRET, SheetWorld, SPREADSHEET } from './sheet-world';

const fixture = (name: string): Buffer => readFileSync(join(__dirname, '../../../fixtures/google/apps-script', name));
const sign = (secret: string, timestamp: string, body: Buffer | string) =>
	createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
const config = (changes: Partial<SheetConfig> = {}): SheetConfig => ({
	id: 'diwali',
	spreadsheet: SPREADSHEET,
	sheet: 'Form responses 1',
	every: 30_000,
	secrets: [SECRET],
	send: 'new',
	marks: ['send'],
	phone: 'WhatsApp number',
	status: 'Status',
	columns: { id: 'WhatsApp id', messageId: 'WhatsApp message id', time: 'WhatsApp time', error: 'WhatsApp error' },
	...changes,
});
const seconds = () => String(Math.floor(Date.now() / 1000));

sourceBattery({
	kind: 'google-sheets',
	source: (secrets) => googleSheetsSource(config({ secrets }), { timezone: 'Asia/Kolkata' }),
	genuine: (secret, number = 1) => {
		const body = fixture('onFormSubmit.json')
			.toString()
			.replace('1,499', String(1000 + number));
		const now = seconds();
		return {
			headers: { 'x-timestamp': now, 'x-signature': secret === '' ? 'ab' : sign(secret, now, body) },
			body: Buffer.from(body),
		};
	},
	signed: (secret, body) => {
		const now = seconds();
		return { headers: { 'x-timestamp': now, 'x-signature': sign(secret, now, body) }, body };
	},
	signatureHeader: 'x-signature',
	requiredHeaders: ['x-timestamp'],
});

const vector = JSON.parse(fixture('signature-vector.json').toString()) as {
	secret: string;
	timestamp: string;
	signature: string;
	file: string;
};
const posted = (body: Buffer, at: Date, door = appsScriptDoor(config())) => {
	const timestamp = String(Math.floor(at.getTime() / 1000));
	return door({
		headers: { 'x-timestamp': timestamp, 'x-signature': sign(SECRET, timestamp, body) },
		body,
		receivedAt: at,
	});
};
const NOW = new Date(Number(vector.timestamp) * 1000);

test('the signature of the vector is accepted for five minutes, before and after', () => {
	const door = appsScriptDoor(config({ secrets: [vector.secret] }));
	const ask = (ms: number) =>
		door({
			headers: { 'x-timestamp': vector.timestamp, 'x-signature': vector.signature },
			body: fixture(vector.file),
			receivedAt: new Date(NOW.getTime() + ms),
		});
	for (const ms of [0, 300_000, -300_000]) expect(ask(ms)).toMatchObject({ ok: true });
	for (const ms of [301_000, -301_000]) expect(ask(ms)).toMatchObject({ ok: false, status: 401, reason: 'too-old' });
});

test.each([
	['onFormSubmit.json', { sheet: 'Form responses 1' }, 'कविता राव', '90000 12346', '57'],
	['onEdit.json', { sheet: 'Orders', phone: 'Phone' }, undefined, '+91 98765 43210', '2'],
])('without credentials the row of %s is stored and read', (name, changes, fullName, phone, number) => {
	const given = config(changes);
	const verdict = posted(fixture(name), NOW, appsScriptDoor(given));
	if (!verdict.ok || !verdict.delivery) throw new Error('it was not taken');
	const reading = googleSheetsSource(given, { timezone: 'UTC' }).read(verdict.delivery);
	expect(reading).toMatchObject({ kind: 'event', event: 'sheet.row', phone, row: { number } });
	if (fullName !== undefined) expect(reading).toMatchObject({ row: { 'Full name': fullName, Total: '1,499' } });
	expect(JSON.stringify(reading)).not.toContain('"Status"');
});

test('a change without cells is no row; of another sheet and another spreadsheet nothing is stored', () => {
	const orders = config({ sheet: 'Orders' });
	const change = posted(fixture('onChange.row-inserted.json'), NOW, appsScriptDoor(orders));
	if (!change.ok || !change.delivery) throw new Error('it was not taken');
	expect(googleSheetsSource(orders, { timezone: 'UTC' }).read(change.delivery)).toMatchObject({ kind: 'ignored' });
	expect(posted(fixture('onFormSubmit.json'), NOW, appsScriptDoor(orders))).toMatchObject({
		ok: true,
		result: "not of the sheet 'Orders'",
	});
	expect(posted(fixture('onFormSubmit.json'), NOW, appsScriptDoor(config({ spreadsheet: 'x' })))).not.toHaveProperty(
		'delivery',
	);
});

describe('at a bridge with credentials', () => {
	let world: SheetWorld;
	beforeEach(async () => {
		world = await SheetWorld.start({ rows: [person(1)] });
		await world.settle(1);
	});
	afterEach(() => world.stop());

	const post = async (text: string, timestamp = String(Math.floor(world.clock.now().getTime() / 1000))) => {
		const answer = await fetch(`${world.test.bridge.url}/webhooks/google-sheets/diwali`, {
			method: 'POST',
			headers: { 'x-timestamp': timestamp, 'x-signature': sign(SECRET, timestamp, text) },
			body: text,
		});
		return { status: answer.status, body: await answer.json() };
	};

	test('a post makes the bridge look at once, and the row goes once; a replay is a duplicate', async () => {
		world.tab.rows.push(person(2));
		const body = JSON.stringify({
			v: 1,
			event: 'edit',
			spreadsheetId: SPREADSHEET,
			sheet: 'Broadcast',
			row: 3,
			values: { Name: 'Person 2', Phone: '+91 98765 40002' },
		});
		expect(await post(body)).toEqual({ status: 200, body: { received: 'looking' } });
		await world.test.drain();
		expect(await world.told()).toEqual(['Person 1', 'Person 2']);
		expect(await post(body)).toEqual({ status: 200, body: { received: 'duplicate' } });
		await world.settle();
		expect(await world.told()).toEqual(['Person 1', 'Person 2']);
	});

	test('the script itself, run with stand-ins for Google, signs as the vector says and reaches the bridge', async () => {
		const answers: Promise<{ status: number; body: unknown }>[] = [];
		const script = scriptOf(world, (text, timestamp) => answers.push(post(text, timestamp)));
		expect(
			script.run(`signature('${vector.secret}', '${vector.timestamp}', body)`, {
				body: fixture(vector.file).toString(),
			}),
		).toBe(vector.signature);

		world.tab.rows.push(person(2));
		script.run('messloEdit(event)', { event: script.edit(3, 2) });
		expect(await Promise.all(answers.splice(0))).toEqual([{ status: 200, body: { received: 'looking' } }]);
		await world.test.drain();
		expect(await world.told()).toEqual(['Person 1', 'Person 2']);

		// Sent rows are not posted again; what is marked is, and the clock posts what no answer came for.
		script.run('messloEdit(event)', { event: script.edit(2, 1) });
		script.run('messloPostAgain()', {});
		expect(answers).toHaveLength(0);
		world.tab.set(world.tab.find('Name', 'Person 1'), 'Status', 'send');
		script.run('messloPostAgain()', {});
		script.run('messloChange(event)', { event: { changeType: 'INSERT_ROW', source: script.spreadsheet } });
		script.run('messloChange(event)', { event: { changeType: 'FORMAT', source: script.spreadsheet } });
		expect(await Promise.all(answers)).toHaveLength(2);
		await world.settle();
		expect(await world.told()).toEqual(['Person 1', 'Person 2', 'Person 1']);
	});
});

/** The script as Google runs it, on the tab of the fake Google. */
function scriptOf(world: SheetWorld, send: (text: string, timestamp: string) => void) {
	const { tab } = world;
	const sheet = {
		getName: () => tab.title,
		getParent: () => ({ getId: () => SPREADSHEET }),
		getLastColumn: () => tab.rows[0]?.length ?? 0,
		getLastRow: () => tab.rows.length,
		getRange: (row: number, column: number, _rows = 1, width = 1) => ({
			getDisplayValues: () => [
				Array.from({ length: width }, (_, index) => tab.rows[row - 1]?.[column - 1 + index] ?? ''),
			],
			setValue: (text: string) => {
				tab.set(tab.rows[row - 1], tab.rows[0]?.[column - 1] ?? '', text);
			},
		}),
	};
	const spreadsheet = { getActiveSheet: () => sheet, getSheetByName: () => sheet };
	const properties: Record<string, string> = {
		MESSLO_URL: 'https://bridge.example.com/webhooks/google-sheets/diwali',
		MESSLO_SECRET: SECRET,
		MESSLO_SHEET: 'Broadcast',
	};
	class ScriptDate extends Date {
		static override now = () => world.clock.now().getTime();
	}
	const context = createContext({
		console,
		Date: ScriptDate,
		SpreadsheetApp: { getActive: () => spreadsheet },
		PropertiesService: { getScriptProperties: () => ({ getProperty: (name: string) => properties[name] ?? null }) },
		Utilities: {
			Charset: { UTF_8: 'UTF-8' },
			getUuid: () => 'b7f1c3a2e9',
			// Google's bytes have a sign.
			computeHmacSha256Signature: (text: string, key: string) => [
				...new Int8Array(createHmac('sha256', key).update(text).digest()),
			],
		},
		UrlFetchApp: {
			fetch: (url: string, { payload, headers }: { payload: string; headers: Record<string, string> }) => {
				expect(url).toBe(properties['MESSLO_URL']);
				expect(headers['x-signature']).toBe(sign(SECRET, headers['x-timestamp'] ?? '', payload));
				send(payload, headers['x-timestamp'] ?? '');
				return { getResponseCode: () => 200, getContentText: () => '' };
			},
		},
	});
	const source = readFileSync(join(__dirname, '../../../../templates/apps-script/messlo.gs'), 'utf8');
	runInContext(source.replace("status: 'WhatsApp status'", "status: 'Status'"), context);
	return {
		spreadsheet,
		edit: (row: number, column: number) => ({
			range: { getSheet: () => sheet, getRow: () => row, getColumn: () => column, getA1Notation: () => 'B3' },
			value: 'x',
		}),
		run: (code: string, given: Record<string, unknown>): unknown => runInContext(code, Object.assign(context, given)),
	};
}
