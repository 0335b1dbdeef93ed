import { DAY, HOUR, MINUTE } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixtureWith } from '../../support/shopify';

// What npm run test:chaos found: a message overtook an earlier one of its order when the clock was set back, and one that had
// arrived was not known again when the clock had been ahead.
const order = (changes: Record<string, unknown>) =>
	shopifyFixtureWith('orders-create.in-phone-only-in-shipping', changes);
const created = order({ financial_status: 'pending' });
const shipped = order({
	financial_status: 'paid',
	fulfillment_status: 'fulfilled',
	updated_at: '2026-11-20T15:05:11+05:30',
});

let bridge: TestBridge;
beforeEach(async () => {
	bridge = await TestBridge.start();
	await bridge.drain();
});
afterEach(() => bridge.stop());

const taken = async () => (await bridge.taken()).map(({ templateName }) => templateName);

test.each([5_000, HOUR, DAY])(
	'a clock set back by %i ms between two states of an order: they leave in order',
	async (ms) => {
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503 }]);
		await bridge.post(created);
		await bridge.drain();
		bridge.clock.advance(-ms);
		await bridge.post(shipped, { topic: 'orders/fulfilled' });
		await bridge.drain();
		expect(await taken()).toEqual([]);
		await bridge.later(ms + MINUTE);
		await bridge.later(MINUTE);
		const [first, second, ...others] = await taken();
		expect([first, others]).toEqual(['checkout_invoice', []]);
		expect(second).toMatch(/shipped/);
	},
);

test.each([HOUR, 2 * DAY, 10 * DAY, 3650 * DAY])(
	'a clock that was ahead by %i ms when a message left: nobody sends it twice',
	async (ms) => {
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', reset: 'after' }]);
		// The sandbox's clock goes on from where it was: ours alone is ahead.
		bridge.clock.advance(ms);
		await bridge.post(created);
		await bridge.control('POST', 'clock', { set: new Date(bridge.clock.now().getTime() - ms).toISOString() });
		await bridge.drain();
		for (let looks = 0; looks < 5; looks += 1) await bridge.later(5_000);
		expect(await taken()).toHaveLength(1);
		expect(await bridge.messages()).toMatchObject([
			{ state: 'held', reason: expect.stringContaining('may have arrived') as unknown },
		]);
	},
);
