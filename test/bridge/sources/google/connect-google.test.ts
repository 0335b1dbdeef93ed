import type { OAuth2Client } from 'google-auth-library';
import { connectGoogle } from '../../../../bridge/src/sources/google/connect-google';
import { GoogleError } from '../../../../bridge/src/sources/google/google-error';
import { HOUR, TestClock } from '../../../support/clock';
import { type FakeApi, type FakeGoogle, startFakeGoogle } from '../../../support/fake-google/server';
import { SERVICE_ACCOUNT } from '../../../support/fake-google/tokens';

const SCOPES = ['https://www.googleapis.com/auth/spreadsheets'];
const sheet: FakeApi = {
	name: 'sheets',
	prefix: '/v4/spreadsheets',
	handle: ({ path, account }) => ({ status: 200, body: { range: path, values: [[account]] } }),
};
let clock: TestClock;
let google: FakeGoogle;
beforeEach(async () => {
	clock = new TestClock();
	google = await startFakeGoogle({ clock, apis: [sheet] });
});
afterEach(() => google.close());

const openSheets = async (auth: OAuth2Client) =>
	(await import('@googleapis/sheets')).sheets({ version: 'v4', auth, retry: false });
const connect = (credentials = google.credentials()) =>
	connectGoogle({ credentials, rootUrl: google.url, scopes: SCOPES }, openSheets);
const read = (connection: ReturnType<typeof connect>) =>
	connection.call("the spreadsheet 'sale'", (api) =>
		api.spreadsheets.values.get({ spreadsheetId: 'sale', range: 'A1:B2' }),
	);
const faultOf = async (work: Promise<unknown>): Promise<GoogleError> => {
	const error: unknown = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof Error)) throw new Error('It went well');
	return error as GoogleError;
};
const refused = (status: number, error: object) => ({
	status,
	body: { error: { code: status, ...error } as object },
});

test('a service account and a person both get their token once, for many calls at once', async () => {
	const account = connect();
	expect((await Promise.all(Array.from({ length: 20 }, () => read(account)))).at(-1)?.values).toEqual([
		[SERVICE_ACCOUNT],
	]);
	expect(google.tokens.granted).toHaveLength(1);
	expect(await account.email()).toBe(SERVICE_ACCOUNT);
	const person = connect(google.credentials('oauth'));
	expect((await read(person)).values).toEqual([['1042.apps.googleusercontent.com']]);
	expect(await person.email()).toBeUndefined();
});

test('a token that Google took back is replaced by a new one, and the call is made once more', async () => {
	const connection = connect();
	await read(connection);
	google.tokens.revoke();
	await read(connection);
	clock.advance(2 * HOUR);
	await read(connection);
	expect(google.requests.map(({ status }) => status)).toEqual([200, 401, 200, 401, 200]);
	expect(google.tokens.granted).toHaveLength(3);
});

test('a 401 that stays is told after two calls, and asked anew the next time', async () => {
	const connection = connect();
	google.fail('sheets', refused(401, { message: 'Invalid Credentials' }), { times: 2 });
	expect(await faultOf(read(connection))).toMatchObject({ status: 401 });
	expect(google.calls('sheets')).toBe(2);
	expect((await read(connection)).values).toEqual([[SERVICE_ACCOUNT]]);
});

test.each<[string, ReturnType<typeof refused>, RegExp, string | undefined]>([
	[
		'not shared',
		refused(403, { message: 'The caller does not have permission', status: 'PERMISSION_DENIED' }),
		/refuses access to the spreadsheet 'sale'\. Share it with the service account's address messlo-bridge@acme-shop/,
		'PERMISSION_DENIED',
	],
	[
		'a wrong id',
		refused(404, { message: 'Requested entity was not found.', status: 'NOT_FOUND' }),
		/knows no such thing as the spreadsheet 'sale', or it is not shared.*messlo-bridge@acme-shop/,
		'NOT_FOUND',
	],
	[
		'a tab that was renamed',
		refused(400, { message: 'Unable to parse range: Orders!A1', status: 'INVALID_ARGUMENT' }),
		/cannot read what was asked of the spreadsheet 'sale': Unable to parse range: Orders!A1/,
		'INVALID_ARGUMENT',
	],
	[
		'an API that is switched off',
		refused(403, {
			message: 'Google Sheets API has not been used in project 1042 before or it is disabled.',
			status: 'PERMISSION_DENIED',
			details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
		}),
		/switched off in your Google Cloud project\. Switch it on there/,
		'SERVICE_DISABLED',
	],
	[
		'a scope that is missing',
		refused(403, {
			message: 'Request had insufficient authentication scopes.',
			details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
		}),
		/Connect again and tick every box: messlo-bridge connect google/,
		'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
	],
	['a fault of Google', refused(503, { message: 'Backend' }), /answered 503/, undefined],
])('%s is told with what to do, and asked once', async (_, answer, text, reason) => {
	google.fail('sheets', answer);
	const fault = await faultOf(read(connect()));
	expect(fault).toMatchObject({ name: 'GoogleError', status: answer.status });
	expect(fault.message).toMatch(text);
	expect(fault.reason).toBe(reason);
	expect(fault.retryAfterMs).toBeUndefined();
	expect(fault.cause).toBeUndefined();
	expect(google.calls('sheets')).toBe(1);
});

describe('too much at once', () => {
	const calendarLimit = (reason: string) =>
		refused(403, { message: 'Rate Limit Exceeded', errors: [{ domain: 'usageLimits', reason, message: 'x' }] });
	test.each<[string, Parameters<FakeGoogle['fail']>[1], number]>([
		['429', { status: 429, body: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } } }, 60_000],
		['429 with a time', { status: 429, headers: { 'retry-after': '17' } }, 17_000],
		['403 rateLimitExceeded', calendarLimit('rateLimitExceeded'), 60_000],
		['403 userRateLimitExceeded', calendarLimit('userRateLimitExceeded'), 60_000],
		['403 quotaExceeded', calendarLimit('quotaExceeded'), 3_600_000],
	])('%s says when to ask again, and waits for nothing', async (_, answer, ms) => {
		google.fail('sheets', answer);
		const began = performance.now();
		expect(await faultOf(read(connect()))).toMatchObject({ name: 'GoogleError', retryAfterMs: ms });
		expect(performance.now() - began).toBeLessThan(5_000);
		expect(google.calls('sheets')).toBe(1);
	});
	test('the quota is by the minute', async () => {
		google.quota('sheets', 'read', 2);
		const connection = connect();
		await read(connection);
		await read(connection);
		expect(await faultOf(read(connection))).toMatchObject({ retryAfterMs: 60_000 });
		clock.advance(60_000);
		await read(connection);
	});
});

test('Google away, or cutting the line, is told as such', async () => {
	const connection = connect();
	google.outage(true);
	expect((await faultOf(read(connection))).message).toMatch(
		/cannot be reached for the spreadsheet 'sale'.*tried again/,
	);
	google.outage(false);
	google.fail('sheets', 'cut');
	expect((await faultOf(read(connection))).message).toMatch(/cannot be reached/);
	await read(connection);
});

test('a key that was deleted and an agreement that was ended say what to do', async () => {
	google.tokens.revoke(true);
	expect((await faultOf(read(connect()))).message).toMatch(
		/does not accept the key of messlo-bridge@acme-shop.*clock of this machine/,
	);
	expect((await faultOf(read(connect(google.credentials('oauth'))))).message).toMatch(
		/Run: messlo-bridge connect google.*7 days: publish it/,
	);
	const wrong = google.credentials('oauth', { client_secret: 'GOCSPX-other' });
	const fault = await faultOf(read(connect(wrong)));
	expect(fault).toMatchObject({ reason: 'invalid_client' });
	expect(fault.message).not.toContain('GOCSPX');
});

test('an error that is not of Google passes as it is', async () => {
	const own = new TypeError('mine');
	await expect(connect().call('x', () => Promise.reject(own))).rejects.toBe(own);
});
