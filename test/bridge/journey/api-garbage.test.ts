import { MINUTE, SECOND } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';

// What npm run test:chaos found: answers that are not the API's counted as "sent" and as "not in the thread".
const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');
const HTML = '<!doctype html><title>Sign in</title>';

let bridge: TestBridge;
beforeEach(async () => {
	bridge = await TestBridge.start({ apiTimeoutMs: 3000 });
	await bridge.drain();
});
afterEach(() => bridge.stop());

const fault = (...faults: object[]) => bridge.control('POST', 'faults', faults);
const message = () => bridge.admin<{ state: string; reason: string | null }>('/messages/msg_1');
const sends = async () => (await bridge.control<unknown[]>('GET', 'requests?operation=sendMessage')).length;
const settled = async () => {
	for (let looks = 0; looks < 8; looks += 1) await bridge.later(5 * SECOND);
	return (await message()).state;
};

describe.each([
	['a page of a proxy', { status: 200, body: HTML }],
	['half a JSON', { status: 200, body: '{"success":true,"data":{"_id":"66' }],
	['a list', { status: 200, body: ['ok'] }],
	['nothing', { status: 204, body: '' }],
	['an object that says nothing', { status: 200, body: {} }],
])('an answer 200 with %s', (_, answer) => {
	test.each([true, false])('means nothing until the thread is read (taken: %s)', async (taken) => {
		await fault({ operation: 'sendMessage', ...answer, taken });
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await settled()).toMatch(/sent|delivered|read/);
		expect(await bridge.taken()).toHaveLength(1);
		expect(await sends()).toBe(taken ? 1 : 2);
	});
});

test('a yes is a yes, wherever the id of the message stands', async () => {
	await fault({ operation: 'sendMessage', status: 200, body: { success: true, result: { key: 'm1' } }, taken: true });
	await bridge.post(ORDER);
	await bridge.drain();
	expect((await message()).state).toMatch(/sent|delivered|read/);
	expect([(await bridge.taken()).length, await sends()]).toEqual([1, 1]);
});

test.each([
	{ operation: 'listMessages', status: 200, body: HTML },
	{ operation: 'listMessages', status: 200, body: { success: true, data: 'later' } },
	{ operation: 'listContacts', status: 200, body: { success: true } },
	{ operation: 'listContacts', reset: 'before' },
])('a thread that could not be read is not a thread without the message: %j', async (blind) => {
	await fault({ operation: 'sendMessage', reset: 'after' }, { ...blind, times: 'always' });
	await bridge.post(ORDER);
	await bridge.drain();
	expect(await settled()).toBe('unknown');
	expect((await message()).reason).toContain('cannot be read now');
	await bridge.control('DELETE', 'faults');
	await bridge.later(MINUTE);
	expect(await bridge.taken()).toHaveLength(1);
	expect((await message()).state).toMatch(/sent|delivered|read/);
});

test.each([500, 502, 503, 504, 408])(
	'a %i for a message that was taken all the same: it is found, not repeated',
	async (status) => {
		await fault({ operation: 'sendMessage', status, taken: true });
		await bridge.post(ORDER);
		await bridge.drain();
		expect((await message()).state).toBe('waiting');
		expect(await settled()).toMatch(/sent|delivered|read/);
		expect([(await bridge.taken()).length, await sends()]).toEqual([1, 1]);
	},
);

test('a 503, and then nothing can be read either: it waits longer and longer, and goes once', async () => {
	await fault({ operation: 'sendMessage', status: 503 }, { operation: 'listContacts', status: 503, times: 4 });
	await bridge.post(ORDER);
	await bridge.drain();
	for (let minutes = 0; minutes < 30; minutes += 1) await bridge.later(MINUTE);
	expect((await message()).state).toMatch(/sent|delivered|read/);
	expect([(await bridge.taken()).length, await sends()]).toEqual([1, 2]);
});
