import { ANA, openSandbox, templateMessage, templateSeed, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
let now: Date;
beforeAll(async () => {
	sandbox = await openSandbox({ clock: { now: () => now }, deliveryMs: { delivered: 2_000, read: 60_000 } });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
	now = new Date('2026-06-01T08:00:00.000Z');
	await sandbox.control('POST', 'reset');
	await sandbox.control('POST', 'templates', templateSeed());
});

const state = async (): Promise<unknown> => (await sandbox.list('messages'))[0]?.['status'];

test('a message is sent, delivered and read as the clock passed in goes on', async () => {
	await sandbox.send(templateMessage());
	const states = [await state()];
	for (const ms of [1_999, 1, 57_999, 1]) {
		now = new Date(now.getTime() + ms);
		states.push(await state());
	}
	expect(states).toEqual(['sent', 'sent', 'delivered', 'delivered', 'read']);
});

test('moving the clock moves the states, and the history has the times', async () => {
	const { body } = await sandbox.send(templateMessage());
	await sandbox.control('POST', 'clock', { advanceMs: 3_600_000 });
	expect((await sandbox.list('messages'))[0]?.['history']).toEqual([
		{ status: 'sent', at: '2026-06-01T08:00:00.000Z' },
		{ status: 'delivered', at: '2026-06-01T08:00:02.000Z' },
		{ status: 'read', at: '2026-06-01T08:01:00.000Z' },
	]);
	const [contact] = (await sandbox.list('messages')).map(({ contact_id: id }) => String(id));
	const thread = await sandbox.api('GET', `/api/whatsapp/messages?contact_id=${contact}`);
	expect(thread.body).toMatchObject({
		data: { messages: [{ _id: (body['data'] as { _id: string })._id, status: 'read', direction: 'outgoing' }] },
	});
});

test('the clock can be set, and is set back by a reset', async () => {
	const moved = await sandbox.control('POST', 'clock', { set: '2027-01-01T00:00:00Z' });
	await sandbox.control('POST', 'reset');
	const back = await sandbox.control('GET', 'clock');
	expect([moved.body['now'], back.body['now']]).toEqual(['2027-01-01T00:00:00.000Z', '2026-06-01T08:00:00.000Z']);
});

test('a message can fail after it was taken, with the reason in the thread', async () => {
	await sandbox.control('POST', 'numbers', { contact_no: ANA, behaviour: 'fails-later', code: 131049 });
	expect((await sandbox.send(templateMessage())).status).toBe(200);
	await sandbox.control('POST', 'clock', { advanceMs: 60_000 });
	expect(await sandbox.list('messages')).toMatchObject([
		{ status: 'failed', error: { code: 131049 }, error_code: 131049 },
	]);
});

test('a phone that is off leaves the message at sent', async () => {
	await sandbox.control('POST', 'numbers', { contact_no: ANA, behaviour: 'phone-off' });
	await sandbox.send(templateMessage());
	await sandbox.control('POST', 'clock', { advanceMs: 86_400_000 });
	expect(await state()).toBe('sent');
});
