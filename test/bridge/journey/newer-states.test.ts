import fc from 'fast-check';
import { HOUR, MINUTE } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture, shopifyFixtureWith } from '../../support/shopify';

const START = Date.parse('2026-11-20T09:00:00Z');

/** Every webhook of an order's life, with the message that it is about and how it stands in that life. */
const LIFE = [
	{ topic: 'orders/create', message: 'checkout_invoice', rank: 0 },
	{ topic: 'orders/fulfilled', message: 'order_shipped', rank: 1 },
	{ topic: 'fulfillments/create', message: 'order_shipped', rank: 2 },
	{ topic: 'fulfillments/update', message: 'out_for_delivery', rank: 3 },
	{ topic: 'fulfillment_events/create', message: 'order_delivered', rank: 5 },
] as const;
const RANK: Record<string, number> = { checkout_invoice: 0, order_shipped: 1, out_for_delivery: 3, order_delivered: 5 };

/** The webhook number `step` of order `id`, which happened so many minutes after the start. */
function webhook(step: number, id: number, minutes: number): { body: Buffer; topic: string } {
	const at = new Date(START + minutes * MINUTE).toISOString().replace('.000Z', '+00:00');
	const topic = LIFE[step]?.topic ?? '';
	const order = {
		id,
		name: `#${id}`,
		order_number: id,
		updated_at: at,
		shipping_address: {
			phone: String(9_876_500_000 + id),
			country_code: 'IN',
			first_name: 'Asha',
			address1: 'x',
			city: 'Pune',
		},
	};
	switch (topic) {
		case 'orders/create':
			return {
				topic,
				body: shopifyFixtureWith('orders-create.in-phone-only-in-shipping', { ...order, created_at: at }),
			};
		case 'orders/fulfilled':
			return {
				topic,
				body: shopifyFixtureWith('orders-fulfilled.in', { ...order, created_at: new Date(START).toISOString() }),
			};
		case 'fulfillments/create':
		case 'fulfillments/update': {
			const name =
				topic === 'fulfillments/create' ? 'fulfillments-create.in-delhivery' : 'fulfillments-update.out-for-delivery';
			return { topic, body: shopifyFixtureWith(name, { id: id * 10, order_id: id, created_at: at, updated_at: at }) };
		}
		default:
			return {
				topic,
				body: shopifyFixtureWith('fulfillment_events-create.delivered', {
					id: id * 100,
					order_id: id,
					fulfillment_id: id * 10,
					happened_at: at,
					created_at: at,
					updated_at: at,
				}),
			};
	}
}

describe('an older state is not told after a newer one', () => {
	let bridge: TestBridge;
	let orders = 5000;
	beforeAll(async () => {
		bridge = await TestBridge.start();
		await bridge.drain();
	});
	afterAll(() => bridge.stop());
	const post = async (step: number, id: number, minutes: number) => {
		const { body, topic } = webhook(step, id, minutes);
		await bridge.post(body, { topic });
	};
	const told = async (id: number): Promise<string[]> =>
		(await bridge.taken()).flatMap(({ templateName = '', templateVariables }) =>
			templateVariables?.['2'] === `#${id}` ? [templateName] : [],
		);
	const states = async (id: number) =>
		(await bridge.messages(`?order=${id}`)).map(({ mapping, state, reason }) => [mapping, state, reason ?? '']);

	test('“out for delivery” that comes after “delivered” has left is skipped, and a person may still send it', async () => {
		const id = (orders += 1);
		for (const step of [0, 2, 4]) {
			await post(step, id, step * 60);
			await bridge.drain();
		}
		await post(3, id, 3 * 60);
		await bridge.drain();
		expect(await told(id)).toEqual(['checkout_invoice', 'order_shipped', 'order_delivered']);
		const skipped = (await bridge.messages(`?order=${id}&state=skipped`))[0];
		expect(skipped).toMatchObject({
			mapping: 'out-for-delivery',
			reason: expect.stringMatching(/^overtaken: 'order-delivered' \(msg_\d+\) tells of a newer state/) as unknown,
		});
		await bridge.admin(`/messages/${skipped?.id}/replay`, { method: 'POST' });
		await bridge.drain();
		expect((await told(id)).at(-1)).toBe('out_for_delivery');
	});

	test('“shipped” that waited for the API while “delivered” was planned before it is skipped as well', async () => {
		const id = (orders += 1);
		await post(0, id, 0);
		await bridge.drain();
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503, times: 1 }]);
		await post(4, id, 300);
		await bridge.drain();
		await post(1, id, 60);
		await bridge.drain();
		for (let minute = 0; minute < 3; minute += 1) await bridge.later(MINUTE);
		expect(await told(id)).toEqual(['checkout_invoice', 'order_delivered']);
		expect(await states(id)).toContainEqual(['order-shipped', 'skipped', expect.stringContaining('overtaken')]);
	});

	test('a second parcel is told of though the first has arrived', async () => {
		const id = (orders += 1);
		for (const step of [0, 2, 4]) await post(step, id, step * 60);
		await bridge.drain();
		const second = shopifyFixtureWith('fulfillments-update.out-for-delivery', {
			id: id * 10 + 1,
			order_id: id,
			updated_at: new Date(START + 2 * HOUR).toISOString(),
		});
		await bridge.post(second, { topic: 'fulfillments/update' });
		await bridge.drain();
		expect((await told(id)).at(-1)).toBe('out_for_delivery');
	});

	test('what is ordered, paid and fulfilled within a second, told backwards, is confirmed all the same', async () => {
		const id = (orders += 1);
		await post(1, id, 0);
		await bridge.drain();
		await post(0, id, 0);
		await bridge.drain();
		expect((await told(id)).toSorted()).toEqual(['checkout_invoice', 'order_shipped']);
	});

	test('an order that is heard of ten hours after it was shipped is not confirmed any more', async () => {
		const id = (orders += 1);
		await post(1, id, 600);
		await bridge.drain();
		await post(0, id, 0);
		await bridge.drain();
		expect(await told(id)).toEqual(['order_shipped']);
		expect(await states(id)).toContainEqual(['order-confirmation', 'skipped', expect.stringContaining('overtaken')]);
	});

	test('whatever order the webhooks come in, repeated and delayed: none of an older state after a newer, each once, and the confirmation is not lost', async () => {
		const step = fc.record({
			step: fc.nat(LIFE.length - 1),
			wait: fc.constantFrom(0, 0, 1, 30, 600),
			drain: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { minLength: 1, maxLength: 6 }),
				fc.constantFrom(0, 1, 90),
				fc.nat(3),
				async (extra, apart, faults) => {
					const id = (orders += 1);
					// Each state at least once, in the order that the repeats and the seed give.
					const missing = LIFE.flatMap((_, index) =>
						extra.some((each) => each.step === index) ? [] : [{ step: index, wait: 1, drain: index % 2 === 0 }],
					);
					if (faults > 0)
						await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503, times: faults }]);
					for (const { step: which, wait, drain } of [...extra, ...missing]) {
						await post(which, id, which * apart);
						bridge.clock.advance(wait * 1000);
						if (drain) await bridge.drain();
					}
					for (let minute = 0; minute < 4; minute += 1) await bridge.later(MINUTE);
					const sent = await told(id);
					expect(new Set(sent).size).toBe(sent.length);
					// States of one moment are in no order; a confirmation may follow within ten minutes.
					const parcel = sent.filter((name) => name !== 'checkout_invoice').map((name) => RANK[name] ?? Number.NaN);
					if (apart > 0) expect(parcel).toEqual(parcel.toSorted((a, b) => a - b));
					const early = sent.slice(0, sent.indexOf('checkout_invoice')).map((name) => (RANK[name] ?? 0) * apart);
					if (sent.includes('checkout_invoice')) expect(Math.max(0, ...early)).toBeLessThan(10);
					else
						expect(await states(id)).toContainEqual([
							'order-confirmation',
							'skipped',
							expect.stringContaining('overtaken'),
						]);
				},
			),
			{ numRuns: 15 },
		);
	}, 120_000);
});

test('the fixtures are what they are taken for', () => {
	expect(JSON.parse(shopifyFixture('fulfillments-update.out-for-delivery').toString())).toMatchObject({
		shipment_status: 'out_for_delivery',
	});
});
