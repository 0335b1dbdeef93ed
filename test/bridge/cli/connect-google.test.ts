import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { CliProcess, runCli, talkTo, writeConfig } from '../../support/cli';
import { DAY, TestClock } from '../../support/clock';
import { createFakeCalendar, type FakeCalendar } from '../../support/fake-google/calendar';
import { type FakeGoogle, startFakeGoogle } from '../../support/fake-google/server';
import { fakeSheets, FakeTab } from '../../support/fake-google/sheets';
import { SERVICE_ACCOUNT } from '../../support/fake-google/tokens';

const SHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdEFG';
let folder: string;
let google: FakeGoogle;
let calendar: FakeCalendar;
let spreadsheet: { id: string; tabs: FakeTab[]; sharedWith?: string[] };
let config: string;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-connect-google-'));
	const clock = new TestClock();
	const rows = [
		['Name', 'Mobile number', 'Opt-out'],
		['Asha', '98765 43210'],
		['Ravi', '9.19E+11'],
	];
	spreadsheet = { id: SHEET, tabs: [new FakeTab('Notes', []), new FakeTab("Ram's list", rows)] };
	calendar = createFakeCalendar(clock);
	google = await startFakeGoogle({ clock, apis: [fakeSheets([spreadsheet]).api, calendar.api] });
	config = writeConfig(folder);
});
afterEach(async () => {
	await google.close();
	rmSync(folder, { recursive: true, force: true });
});

const command = () => ['connect', 'google', '--config', config, '--root-url', google.url];
const connect = (...lines: string[]) => talkTo(command(), lines, { cwd: folder });
const source = () => (parse(readFileSync(config, 'utf8')) as { sources: Record<string, unknown>[] }).sources[1];
const address = `https://docs.google.com/spreadsheets/d/${SHEET}/edit?gid=0#gid=0`;
const flat = (text: string) => text.replace(/\s+/g, ' ');

test('a sheet: its tabs and columns are shown, its numbers looked at, and check finds the configuration good', async () => {
	const key = google.credentials();
	const { code, stdout, stderr } = await connect(
		'sheet',
		'key',
		key,
		address,
		'diwali',
		"Ram's list",
		'',
		'',
		'',
		'',
		'yes',
	);
	expect([code, stderr]).toEqual([0, '']);
	expect(stdout).toContain(`a service account: share with ${SERVICE_ACCOUNT}`);
	expect(stdout).toContain("tabs: “Notes”, “Ram's list”");
	expect(stdout).toContain('columns: Name, Mobile number, Opt-out');
	expect(flat(stdout)).toMatch(/1 of the first 2 rows have a number; of the others: .*scientific/);
	expect(source()).toEqual({
		id: 'diwali',
		kind: 'google-sheets',
		spreadsheet: SHEET,
		sheet: "Ram's list",
		phone: 'Mobile number',
		status: 'WhatsApp status',
		send: 'marked',
		optOut: 'Opt-out',
		credentials: key,
		rootUrl: google.url,
	});
	expect(google.requests.every(({ method }) => method === 'GET')).toBe(true);
	expect(await runCli(['check', '--config', config])).toMatchObject({ code: 0 });
});

test('each wrong answer is said and asked again: key file, address, share, tab, column', async () => {
	writeFileSync(join(folder, 'broken.json'), '{');
	const key = google.credentials();
	spreadsheet.sharedWith = [];
	const lines = ['sheet', 'key', 'nowhere.json', 'broken.json', key, 'https://example.com', SHEET];
	const cli = new CliProcess(command(), {}, folder, { input: lines, open: true });
	await cli.printed(/Share it with/i);
	await cli.printed(/✗ Google refuses access to this sheet/);
	delete spreadsheet.sharedWith;
	for (const line of [
		address,
		'diwali',
		'Ramlist',
		'Notes',
		"Ram's list",
		'Mobile',
		'mobile number',
		'Mobile number',
		'',
		'',
		'',
		'yes',
	])
		cli.type(line);
	const { code, stdout } = await cli.finished;
	expect(code).toBe(0);
	for (const words of [
		/nowhere\.json cannot be read/,
		/broken\.json are not JSON/,
		/'https:\/\/example\.com' shows no sheet/,
		/There is no tab “Ramlist”/,
		/The first row of “Notes” is empty/,
		/There is no column “Mobile”/,
		/✗ That is the column with the numbers: it would be overwritten/,
	])
		expect(flat(stdout)).toMatch(words);
});

test('a calendar: what is coming is counted, and in how many a number is found', async () => {
	const start = (days: number) => new Date(Date.now() + days * DAY).toISOString();
	calendar.book(start(1));
	calendar.book(start(2), { description: 'no number here', location: '' });
	const lines = ['calendar', 'key', google.credentials(), 'clinic', calendar.id, 'clinic', 'event.descriptio | phone'];
	const cli = await talkTo(command(), [...lines, '', '2d, soon', '24h,1h', 'yes'], { cwd: folder });
	expect([cli.code, cli.stderr]).toEqual([0, '']);
	expect(cli.stdout).toMatch(/✗ 'clinic' is not the id of a calendar/);
	expect(cli.stdout).toMatch(/“Salon bookings”, Asia\/Kolkata; 2 appointments in the next 30 days/);
	expect(cli.stdout).toMatch(/✗ No number is found so in the next 2 appointments/);
	expect(cli.stdout).toMatch(/found in 1 of the next 2 appointments/);
	expect(cli.stdout).toMatch(/'soon' is not a time/);
	expect(source()).toMatchObject({ kind: 'google-calendar', calendar: calendar.id, remind: ['24h', '1h'] });
	expect(await runCli(['check', '--config', config])).toMatchObject({ code: 0 });
});

test('an expression that finds nothing is doubted before it is written', async () => {
	calendar.book(new Date(Date.now() + DAY).toISOString(), { location: '+91 98765 43211', description: '' });
	const lines = ['calendar', 'key', google.credentials(), calendar.id, 'clinic', 'event.description | phone'];
	const { stdout } = await connect(...lines, 'event.description | phone', 'none', 'no');
	expect(stdout).toMatch(/Write it again to take it anyway/);
	expect(stdout).toMatch(/found in 0 of the next 1 appointments/);
	expect(stdout).not.toContain('98765 43211');
});

test('signing in: the browser comes back to this machine; what it brought is kept for this user alone and works', async () => {
	const client = join(folder, 'client.json');
	const { client_id, client_secret } = google.tokens.oauth;
	writeFileSync(client, JSON.stringify({ installed: { client_id, client_secret } }));
	const cli = new CliProcess([...command(), '--what', 'sheet'], {}, folder, { open: true });
	cli.type('sign-in');
	cli.type(client);
	const page = await cli.printed(/\n(http:\/\/\S+\/o\/oauth2\S+)\n/);
	const wrong = new URL(google.tokens.agree(page));
	wrong.searchParams.set('state', 'of-another');
	expect((await fetch(wrong)).status).toBe(400);
	expect(await (await fetch(google.tokens.agree(page))).text()).toMatch(/Go back to the terminal/);
	for (const line of ['google.json', SHEET, 'diwali', "Ram's list", '', '', '', '', 'yes']) cli.type(line);
	const { code, stdout, stderr } = await cli.finished;
	expect([code, stderr]).toEqual([0, '']);
	const kept = join(folder, 'google.json');
	expect(statSync(kept).mode & 0o777).toBe(0o600);
	expect(source()).toMatchObject({ credentials: './google.json' });
	expect(google.tokens.granted).toContain(client_id);
	for (const hidden of [client_secret, google.tokens.oauth.refresh_token]) expect(stdout).not.toContain(hidden);
});

test('signing in on a machine without browser: the address at which it ended is pasted', async () => {
	const client = join(folder, 'client.json');
	const { client_id, client_secret } = google.tokens.oauth;
	writeFileSync(client, JSON.stringify({ installed: { client_id, client_secret } }));
	const cli = new CliProcess([...command(), '--what', 'calendar', '--client-file', client], {}, folder, { open: true });
	cli.type('sign-in');
	const page = await cli.printed(/\n(http:\/\/\S+\/o\/oauth2\S+)\n/);
	cli.type('yes');
	cli.type(google.tokens.agree(page));
	for (const line of ['mine.json', calendar.id, 'clinic', '', 'none', 'yes']) cli.type(line);
	const { code, stdout } = await cli.finished;
	expect([code, stdout]).toEqual([0, expect.stringContaining('✗ That is not an address')]);
	expect(existsSync(join(folder, 'mine.json'))).toBe(true);
});

test('with flags alone, and a path as the configuration means it', async () => {
	const key = relative(folder, google.credentials());
	const args = ['--no-input', '--what', 'sheet', '--credentials', key, '--spreadsheet', address, '--id', 'diwali'];
	const { code, stderr } = await runCli([...command(), ...args, '--sheet', "Ram's list", '--phone', 'Mobile number']);
	expect([code, stderr]).toEqual([0, '']);
	expect(source()).toMatchObject({ send: 'marked', status: 'WhatsApp status' });
});
