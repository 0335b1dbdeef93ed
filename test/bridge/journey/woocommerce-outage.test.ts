import { HOUR, MINUTE } from '../../support/clock';
import { connectShop, type ConnectedShop } from './woocommerce-outage-bridge';

let connected: ConnectedShop;
beforeEach(async () => {
	connected = await connectShop();
});
afterEach(() => connected.stop());

/** Half an hour of the shop's life: an order in, another one sent off, one paid, one taken back. */
async function halfHour(expected: string[], deliver: () => Promise<void>): Promise<void> {
	const { clock, shop } = connected;
	const sold = shop.orders.place({ status: 'processing' });
	const paid = shop.orders.place({ status: 'pending' });
	const back = shop.orders.place({ status: 'processing' });
	await deliver();
	clock.advance(10 * MINUTE);
	shop.orders.pay(paid);
	shop.orders.complete(sold);
	await deliver();
	clock.advance(10 * MINUTE);
	shop.orders.refund(back, '100.00');
	await deliver();
	clock.advance(10 * MINUTE);
	expected.push(`${sold} order_received`, `${sold} order_shipped`);
	expected.push(`${paid} order_received`);
	expected.push(`${back} order_received`, `${back} order_refunded`);
}
const sorted = (lines: string[]) => [...lines].sort();

test('an ordinary day, by webhooks alone', async () => {
	const { shop, bridge, taken } = connected;
	expect(shop.webhooks.all.map(({ status }) => status)).toEqual(Array(4).fill('active'));
	expect(shop.webhooks.pings.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	const expected: string[] = [];
	for (let round = 0; round < 3; round += 1)
		await halfHour(expected, async () => {
			await shop.webhooks.runQueue();
			await bridge.drain();
		});
	expect(sorted(await taken())).toEqual(sorted(expected));
	await connected.healed();
	expect(sorted(await taken())).toEqual(sorted(expected));
	expect(shop.webhooks.log.every(({ status }) => status === 200)).toBe(true);
	expect(bridge.logLines.join('')).not.toContain('Webhooks had not come');
});

test('the bridge is away for a day: the shop gives its webhooks up, and afterwards nothing is missing', async () => {
	const { clock, shop, bridge, taken, healed } = connected;
	const expected: string[] = [];
	await halfHour(expected, async () => {
		await shop.webhooks.runQueue();
		await bridge.drain();
	});
	await bridge.bridge.stop();
	for (let round = 0; round < 46; round += 1) await halfHour(expected, () => shop.webhooks.runQueue());
	const disabled = shop.webhooks.all.filter(({ status }) => status === 'disabled').map(({ topic }) => topic);
	expect(disabled).toEqual(['order.created', 'order.updated']);
	const failed = shop.webhooks.log.filter(({ topic, status }) => topic === 'order.created' && status !== 200);
	expect(failed.length).toBeGreaterThanOrEqual(7);

	bridge.logLines.length = 0;
	await bridge.startBridge();
	shop.webhooks.setTarget(bridge.bridge.url);
	await bridge.drain();
	await healed();
	expect(shop.webhooks.all.map(({ status }) => status)).toEqual(Array(4).fill('active'));
	const lines = bridge.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
	expect(lines.find(({ mended }) => mended !== undefined)).toMatchObject({
		level: 'warn',
		source: 'boutique',
		mended: ['order.created', 'order.updated'],
		msg: expect.stringContaining('they are back'),
	});
	expect(sorted(await taken())).toEqual(sorted(expected));

	clock.advance(MINUTE);
	await halfHour(expected, async () => {
		await shop.webhooks.runQueue();
		await bridge.drain();
	});
	await healed();
	expect(sorted(await taken())).toEqual(sorted(expected));
	expect(bridge.logLines.join('')).not.toMatch(/ck_|cs_|wooSecret/);
}, 120_000);

test.each([
	['sends its queue late', (it: ConnectedShop) => it.shop.webhooks.runQueue()],
	[
		'lost its queue',
		(it: ConnectedShop) => {
			it.shop.webhooks.dropQueue();
			return Promise.resolve();
		},
	],
])(
	'the shop is away for hours, then %s',
	async (_name, then) => {
		const { clock, shop, bridge, taken, healed } = connected;
		const expected: string[] = [];
		await halfHour(expected, async () => {
			await shop.webhooks.runQueue();
			await bridge.drain();
		});
		// Before it falls over its cron stands still, and nobody can ask it.
		await halfHour(expected, () => Promise.resolve());
		shop.state.fault = 'down';
		for (let hour = 0; hour < 20; hour += 1) await bridge.later(HOUR);
		expect(await taken()).toHaveLength(5);
		expect(bridge.logLines.join('')).toContain('A source cannot be looked at; it is tried again');
		expect(bridge.logLines.join('')).not.toMatch(/ck_|cs_|oauth_|wooSecret/);

		shop.state.fault = undefined;
		await then(connected);
		await bridge.drain();
		clock.advance(5 * MINUTE);
		await healed();
		expect(sorted(await taken())).toEqual(sorted(expected));
	},
	60_000,
);

test('what a webhook brought and what was fetched are one event', async () => {
	const { shop, bridge, taken, healed } = connected;
	const id = shop.orders.place({ status: 'processing' });
	await healed();
	expect(await taken()).toEqual([`${id} order_received`]);
	// The queue was only slow.
	await shop.webhooks.runQueue();
	await bridge.drain();
	const { items } = await bridge.admin<{ items: { source: string; topic: string; duplicates: number }[] }>('/events');
	expect(items.filter(({ source }) => source === 'boutique')).toMatchObject([
		{ topic: 'order.created', duplicates: 1 },
	]);
	expect(await taken()).toHaveLength(1);
});

test('an order that was thrown away while nobody listened: its message that waits is withdrawn', async () => {
	const { shop, bridge, taken, healed } = connected;
	const meta = [{ id: 1, key: '_whatsapp_opt_in', value: 'yes' }];
	const id = shop.orders.place({ status: 'processing', meta });
	await shop.webhooks.runQueue();
	await bridge.drain();
	shop.orders.change(id, { status: 'delivered' });
	await shop.webhooks.runQueue();
	await bridge.drain();
	const waiting = async () => (await bridge.messages('?state=waiting')).map(({ mapping }) => mapping);
	expect(await waiting()).toEqual(['review-request']);
	shop.orders.trash(id);
	await shop.webhooks.runQueue(() => 'lost');
	await healed();
	expect(await waiting()).toEqual([]);
	const before = await taken();
	await bridge.later(96 * HOUR);
	expect(await taken()).toEqual(before);
});
