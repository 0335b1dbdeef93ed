import { ANA, openSandbox, templateMessage, templateSeed, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(async () => {
	await sandbox.control('POST', 'reset');
	await sandbox.control('POST', 'templates', templateSeed());
});

const fault = async (body: unknown): Promise<void> => {
	expect((await sandbox.control('POST', 'faults', body)).status).toBe(200);
};
const sent = async (): Promise<number> => (await sandbox.list('messages')).length;

test('a status strikes once, and nothing is sent', async () => {
	await fault({ operation: 'sendMessage', status: 503 });
	const { status, body } = await sandbox.send(templateMessage());
	expect([status, body['success'], await sent()]).toEqual([503, false, 0]);
	expect((await sandbox.send(templateMessage())).status).toBe(200);
});

test('a status can come with a body, headers and Retry-After', async () => {
	await fault({
		status: 429,
		retryAfter: 7,
		headers: { 'x-trace': 't1' },
		body: { message: '(#130429) Rate limit hit' },
	});
	const { status, headers, body } = await sandbox.send(templateMessage());
	expect([status, headers.get('retry-after'), headers.get('x-trace')]).toEqual([429, '7', 't1']);
	expect(body).toEqual({ message: '(#130429) Rate limit hit' });
});

test('a body of text is sent as it is', async () => {
	await fault({ status: 502, body: 'Bad gateway' });
	expect(await sandbox.send(templateMessage())).toMatchObject({ status: 502, text: 'Bad gateway' });
});

test('the connection is reset before the message was taken', async () => {
	await fault({ operation: 'sendMessage', reset: 'before' });
	await expect(sandbox.send(templateMessage())).rejects.toThrow();
	expect(await sent()).toBe(0);
});

test('the connection is reset after the message was taken: exactly one message is there', async () => {
	await fault({ operation: 'sendMessage', reset: 'after' });
	await expect(sandbox.send(templateMessage())).rejects.toThrow();
	expect(await sent()).toBe(1);
});

test('an answer that breaks off in the middle: the message was taken', async () => {
	await fault({ operation: 'sendMessage', reset: 'during' });
	await expect(sandbox.send(templateMessage())).rejects.toThrow();
	expect(await sent()).toBe(1);
});

test('an error after the message was taken', async () => {
	await fault({ status: 504, taken: true });
	expect([(await sandbox.send(templateMessage())).status, await sent()]).toEqual([504, 1]);
});

test('garbage instead of JSON, although the message was taken', async () => {
	await fault({ garbage: true });
	const { status, text } = await sandbox.send(templateMessage());
	expect([status, text, await sent()]).toEqual([200, '<html><body>Bad gateway</body>', 1]);
});

test('a slow answer comes when the clock is moved; a caller who gave up left a message', async () => {
	await fault([{ delayMs: 3_600_000 }, { delayMs: 3_600_000 }]);
	const patient = sandbox.send(templateMessage());
	const headers = { 'x-api-key': 'sandbox-api-key', 'content-type': 'application/json' };
	const body = JSON.stringify(templateMessage());
	const gaveUp = new AbortController();
	const impatient = fetch(`${sandbox.url}/api/whatsapp/send`, { method: 'POST', headers, body, signal: gaveUp.signal });
	const ended = expect(impatient).rejects.toThrow('abort');
	while ((await sent()) < 2); // both are taken, and neither is answered
	gaveUp.abort();
	await ended;
	expect(await sent()).toBe(2);
	await sandbox.control('POST', 'clock', { advanceMs: 3_600_000 });
	expect((await patient).status).toBe(200);
});

test('a fault is for one operation and one recipient, as often as wanted', async () => {
	await fault({ operation: 'sendMessage', match: { contact_no: ANA }, times: 2, status: 500 });
	const statuses = [];
	for (const to of ['12025550143', ANA, ANA, ANA])
		statuses.push((await sandbox.send(templateMessage({ contact_no: to }))).status);
	expect([(await sandbox.api('GET', '/api/contacts')).status, ...statuses]).toEqual([200, 200, 500, 500, 200]);
});

test('faults that always strike are listed, and cleared', async () => {
	await fault({ status: 500, times: 'always' });
	await sandbox.send(templateMessage());
	expect((await sandbox.send(templateMessage())).status).toBe(500);
	expect(await sandbox.list('faults')).toEqual([{ fault: { status: 500, times: 'always' }, left: 'always' }]);
	await sandbox.control('DELETE', 'faults');
	expect((await sandbox.send(templateMessage())).status).toBe(200);
});

test('the record of a request names its fault', async () => {
	await fault({ reset: 'after' });
	await sandbox.send(templateMessage()).catch(() => undefined);
	const [record] = await sandbox.list('requests?operation=sendMessage');
	expect(record).toMatchObject({ fault: { reset: 'after' }, contract: { ok: true } });
	expect(record).not.toHaveProperty('status');
});

test.each([
	[
		'faults',
		{ status: 99, colour: 'red' },
		'body.0.colour is not a known field; body.0.status must be >= 200, but is 99',
	],
	['faults', { operation: 'sendLetter' }, 'body.operation sendLetter is not an operationId of the contract'],
	['clock', { advanceMs: 1, set: '2026-01-01T00:00:00Z' }, 'body must NOT have more than 1 properties'],
	['clock', { set: 'tomorrow' }, 'body.set must be a valid date-time'],
	['templates', { language: 'en_US' }, 'body.0.name is required'],
	['templates', { name: 'new_one', language: 'en_US' }, 'give its message_body too'],
	['numbers', { contact_no: ANA, behaviour: 'gone' }, 'body.behaviour must be one of "ok", "not-on-whatsapp"'],
	['inbound', { contact_no: ANA }, 'body needs one of message, button'],
	['key', {}, 'body.revoked is required'],
])('a wrong body for %s is explained', async (path, body, reason) => {
	const answer = await sandbox.control('POST', path, body);
	expect(answer.status).toBe(400);
	expect(answer.body['message']).toContain(reason);
});
