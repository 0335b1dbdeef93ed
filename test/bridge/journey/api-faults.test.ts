import { MINUTE, SECOND } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');

describe('faults of the API', () => {
	let bridge: TestBridge;
	beforeEach(async () => {
		bridge = await TestBridge.start({ apiTimeoutMs: 3000 });
		await bridge.drain();
	});
	afterEach(() => bridge.stop());
	const fault = (...faults: object[]) =>
		bridge.control(
			'POST',
			'faults',
			faults.map((each) => ({ operation: 'sendMessage', ...each })),
		);
	const sends = async () => (await bridge.control<unknown[]>('GET', 'requests?operation=sendMessage')).length;
	const message = async () =>
		bridge.admin<{
			state: string;
			reason: string | null;
			dueAt: string;
			attempts: { outcome: string; status: number | null }[];
		}>('/messages/msg_1');

	test.each([500, 502, 503, 504, 408])('%i is tried again by itself, later and later', async (status) => {
		await fault({ status, times: 2 });
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await message()).toMatchObject({ state: 'waiting', attempts: [{ outcome: 'unavailable', status }] });
		await bridge.later(SECOND);
		expect(await sends()).toBe(2);
		await bridge.later(4 * SECOND);
		expect(await sends()).toBe(2);
		await bridge.later(SECOND);
		expect((await message()).state).toBe('sent');
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('429 waits as long as the server says, in both forms, and nothing else leaves meanwhile', async () => {
		await fault({ status: 429, retryAfter: 90 });
		await bridge.post(ORDER);
		await bridge.drain();
		await bridge.post(shopifyFixture('orders-create.br-pix'));
		await bridge.later(89 * SECOND);
		expect(await sends()).toBe(1);
		await bridge.later(SECOND);
		expect(await bridge.taken()).toHaveLength(2);
		await fault({
			status: 429,
			headers: { 'retry-after': new Date(bridge.clock.now().getTime() + MINUTE).toUTCString() },
		});
		await bridge.post(shopifyFixture('orders-create.in-cod-optin'));
		await bridge.drain();
		await bridge.later(58 * SECOND);
		expect(await bridge.taken()).toHaveLength(2);
		await bridge.later(2 * SECOND);
		expect(await bridge.taken()).toHaveLength(3);
	});

	test('a connection reset after the message was taken: the thread is read, and it is not sent twice', async () => {
		await fault({ reset: 'after' });
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await message()).toMatchObject({ state: 'sent', attempts: [{ outcome: 'unknown', status: null }] });
		await bridge.later(MINUTE);
		expect(await bridge.taken()).toHaveLength(1);
		expect(await sends()).toBe(1);
	});

	test('a connection reset before the message was taken: the thread does not have it, and it is sent again', async () => {
		await fault({ reset: 'before' });
		await bridge.post(ORDER);
		await bridge.drain();
		expect((await message()).state).toBe('unknown');
		await bridge.later(5 * SECOND);
		expect(await sends()).toBe(1);
		await bridge.later(15 * SECOND);
		await bridge.later(SECOND);
		expect((await message()).state).toMatch(/sent|read/);
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('an answer that comes too late counts as none, and the message that arrived is found', async () => {
		await fault({ delayMs: 5000 });
		await bridge.post(ORDER);
		await bridge.drain();
		await bridge.later(20 * SECOND);
		await bridge.later(20 * SECOND);
		expect(await bridge.taken()).toHaveLength(1);
		expect((await message()).state).toMatch(/sent|delivered|read/);
	});

	test('a key that is refused stops all sending, costs no message, and sending resumes when it works again', async () => {
		await bridge.control('POST', 'key', { revoked: true });
		for (const name of [
			'orders-create.in-phone-only-in-shipping',
			'orders-create.br-pix',
			'orders-create.in-cod-optin',
		])
			await bridge.post(shopifyFixture(name));
		await bridge.drain();
		const refused = await sends();
		expect((await bridge.messages()).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
		await bridge.later(30 * SECOND);
		expect(await sends()).toBe(refused);
		expect((await fetch(`${bridge.bridge.url}/readyz`)).status).toBe(503);
		await bridge.control('POST', 'key', { revoked: false });
		await bridge.later(2 * MINUTE);
		expect(await bridge.taken()).toHaveLength(3);
	});

	test('an answer nobody has seen before is held for a person, and told', async () => {
		await fault({ status: 418, body: { message: 'short and stout' } });
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await message()).toMatchObject({
			state: 'held',
			reason: expect.stringContaining('short and stout') as unknown,
		});
	});

	test('a number that is not on WhatsApp fails, and is not tried again', async () => {
		await bridge.control('POST', 'numbers', { contact_no: '919876543211', behaviour: 'not-on-whatsapp' });
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await message()).toMatchObject({
			state: 'failed',
			reason: expect.stringContaining('not on WhatsApp') as unknown,
		});
		await bridge.later(10 * MINUTE);
		expect(await sends()).toBe(1);
	});
});

test('an API that is not there at all is waited for', async () => {
	const bridge = await TestBridge.start({ templates: false });
	await bridge.sandbox.close();
	await bridge.post(ORDER);
	await bridge.drain();
	expect(await bridge.admin('/messages/msg_1')).toMatchObject({
		state: 'waiting',
		reason: expect.stringContaining('cannot be reached') as unknown,
		attempts: [{ outcome: 'unreachable', status: null }],
	});
	await bridge.stop();
});
