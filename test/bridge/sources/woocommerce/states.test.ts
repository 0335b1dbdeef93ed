import {
	woocommerceSource,
	type WooCommerceConfig,
} from '../../../../bridge/src/sources/woocommerce/woocommerce-source';
import { WOO_SECRET, WOO_URL, wooOrder } from '../../../support/woocommerce';

const CONFIG = { id: 'boutique', url: WOO_URL, secrets: [WOO_SECRET] };
const DAY = '2026-11-20T';
type Order = Record<string, unknown>;

/** An order paid by card, placed at 10:00 GMT, as it stands at a time of that day. */
const order = (status: string, time: string, changes: Order = {}): Order => ({
	...wooOrder('order.created.in-cod-optin'),
	payment_method: 'razorpay',
	payment_method_title: 'UPI',
	status,
	date_created_gmt: `${DAY}10:00:00`,
	date_modified_gmt: time.includes('T') ? time : `${DAY}${time}`,
	date_created: '2031-01-01T00:00:00',
	date_modified: '2031-01-01T00:00:00',
	...changes,
});
const paid = { date_paid_gmt: `${DAY}10:02:00`, date_paid: '2031-01-01T00:00:00' };
const completed = { ...paid, date_completed_gmt: `${DAY}15:00:00` };

const stored = (body: Order, topic = 'order.updated') => ({
	topic,
	headers: {},
	body: Buffer.from(JSON.stringify(body)),
});

function read(
	now: Order,
	before?: Order,
	topic = 'order.updated',
	config: Partial<WooCommerceConfig> = {},
	late = false,
) {
	const known = { ...(before ? { previous: stored(before) } : {}), overtaken: late, late };
	return woocommerceSource({ ...CONFIG, ...config }, {}).read(stored(now, topic), known);
}
function told(...args: Parameters<typeof read>): string[] {
	const reading = read(...args);
	if (reading.kind !== 'event') return [reading.kind];
	return [reading, ...(reading.also ?? [])].map(({ event, refund, shipment }) =>
		[event, refund?.amount, shipment?.status].filter(Boolean).join(' '),
	);
}

describe('what happened between two states', () => {
	const pending = order('pending', '10:00:00');
	const processing = order('processing', '10:02:00', paid);
	const done = order('completed', '15:00:00', completed);

	test.each([
		['nothing while the payment is awaited', pending, undefined, ['order.updated']],
		['the order and its payment, when it is paid', processing, pending, ['order.created', 'order.paid']],
		['its dispatch', done, processing, ['order.fulfilled']],
		['nothing when only an address changed', { ...processing, customer_note: 'x' }, processing, ['order.updated']],
		['the order when it waits for a bank transfer', order('on-hold', '10:00:01'), pending, ['order.created']],
		['the payment when the transfer came', processing, order('on-hold', '10:00:01'), ['order.paid']],
		['a payment that failed: nothing', order('failed', '10:05:00'), pending, ['order.updated']],
		[
			'the order when a second payment worked',
			processing,
			order('failed', '10:01:00'),
			['order.created', 'order.paid'],
		],
		['a cancelled order', order('cancelled', '11:00:00', paid), processing, ['order.cancelled']],
		['nothing when nobody paid within the hour', order('cancelled', '11:00:00'), pending, ['order.updated']],
		[
			'a full refund',
			order('refunded', '16:00:00', { ...completed, refunds: [{ id: 9, total: '-8620.85' }] }),
			done,
			['order.refunded 8620.85'],
		],
	])('tells %s', (_, now, before, events) => expect(told(now, before)).toEqual(events));

	test('each of several refunds once, with its own amount', () => {
		const one = { ...done, refunds: [{ id: 1, reason: '', total: '-100.00' }] };
		const three = { ...done, refunds: [...one.refunds, { id: 2, total: '-50.5' }, { id: 3, total: '-0.00' }] };
		expect(told(one, done)).toEqual(['order.refunded 100.00']);
		expect(told(three, one)).toEqual(['order.refunded 50.50']);
	});

	test('all of it when the changes were merged into one delivery, in the order in which it happened', () => {
		const tracking = { meta_data: [{ key: '_tracking_number', value: 'AB1' }] };
		expect(told({ ...done, ...tracking, refunds: [{ id: 1, total: '-1.00' }] }, undefined, 'order.created')).toEqual([
			'order.created',
			'order.paid',
			'order.fulfilled',
			'shipment.updated in_transit',
			'order.refunded 1.00',
		]);
	});

	test('nothing of a state that came after a newer one: that told it', () =>
		expect(told(processing, pending, 'order.updated', {}, true)).toEqual(['order.updated']));

	test('an order paid at the door is paid when it is completed, not when it is worked on', () => {
		const cod = { payment_method: 'cod', payment_method_title: 'Cash on delivery' };
		const placed = order('processing', '10:00:00', cod);
		expect(told(placed, undefined, 'order.created')).toEqual(['order.created']);
		expect(told(order('completed', '15:00:00', { ...cod, ...completed }), placed)).toEqual([
			'order.paid',
			'order.fulfilled',
		]);
	});

	test('how long after the order a payment came is told by its own date', () => {
		const minutes = (now: Order, before?: Order) => {
			const reading = read(now, before);
			const all = reading.kind === 'event' ? [reading, ...(reading.also ?? [])] : [];
			return all.find(({ event }) => event === 'order.paid')?.minutesSinceOrder;
		};
		// Delivered at 12:00, paid at 10:02.
		expect(minutes(order('processing', '12:00:00', paid), order('on-hold', '10:00:00'))).toBe(2);
		// Paying placed it: the confirmation is told in the same moment.
		expect(minutes(order('processing', '12:00:00', paid), pending)).toBe(0);
	});

	test('the same states give the same keys, and different happenings different ones', () => {
		const reading = read(done, undefined, 'order.created');
		const keys = reading.kind === 'event' ? [reading.key, ...(reading.also ?? []).map(({ key }) => key)] : [];
		expect(keys).toEqual(['created', 'paid', 'fulfilled']);
	});
});

describe('an order that is seen for the first time by a change', () => {
	const later = '2026-11-21T10:00:00';
	test.each([
		['of the same day tells all of it', order('processing', `${DAY}23:00:00`, paid), ['order.created', 'order.paid']],
		['exactly a day later still does', order('processing', later, paid), ['order.created', 'order.paid']],
		['a second later confirms nothing', order('processing', '2026-11-21T10:02:01', paid), ['order.updated']],
		['years later tells nothing', order('completed', '2029-01-01T00:00:00', completed), ['order.updated']],
		[
			'a week later tells of the payment of today',
			order('processing', '2026-11-27T10:00:00', { date_paid_gmt: '2026-11-27T09:59:00' }),
			['order.paid'],
		],
		[
			'a week later tells of the dispatch of today',
			order('completed', '2026-11-27T10:00:00', { ...paid, date_completed_gmt: '2026-11-27T10:00:00' }),
			['order.fulfilled'],
		],
		[
			'a week later says nothing of a cancellation, which has no date',
			order('cancelled', '2026-11-27T10:00:00', paid),
			['order.updated'],
		],
		[
			'a week later says nothing of refunds, which have no date',
			order('completed', '2026-11-27T10:00:00', { ...completed, refunds: [{ id: 1, total: '-1.00' }] }),
			['order.updated'],
		],
		['never tells that an unpaid one was cancelled', order('cancelled', '11:00:00'), ['order.updated']],
		[
			'tells that one to be paid at the door was',
			order('cancelled', '11:00:00', { payment_method: 'cod' }),
			['order.cancelled'],
		],
	])('%s', (_, now, events) => {
		expect(told(now)).toEqual(events);
		expect(told(now, undefined, 'order.restored')).toEqual(events);
	});
	test('by its creation tells everything, however late that is delivered', () =>
		expect(told(order('completed', '2026-11-27T10:00:00', completed), undefined, 'order.created')).toEqual([
			'order.created',
			'order.paid',
			'order.fulfilled',
		]));
});

describe('what is no order', () => {
	test.each([
		['checkout-draft', /still at the checkout/],
		['auto-draft', /still at the checkout/],
		['trash', /trash/],
	])('%s is ignored with the reason, and is no state', (status, why) => {
		const now = order(status, '10:00:00');
		expect(read(now)).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(why), subject: '7411' });
		expect(woocommerceSource(CONFIG, {}).stateOf?.(stored(now))).toBeUndefined();
	});
	test('the first change after the draft is the order', () =>
		expect(told(order('processing', '10:02:00', paid))).toEqual(['order.created', 'order.paid']));
	test('an order in the trash withdraws what waits', () =>
		expect(read(order('trash', '10:00:00'))).toMatchObject({ cancelsOrder: '7411' }));
	test.each(['product.updated', 'customer.created', 'action.woocommerce_add_to_cart', '__proto__', ''])(
		'the topic %j is ignored with what would be enough',
		(topic) =>
			expect(read(order('processing', '10:00:00'), undefined, topic)).toMatchObject({
				kind: 'ignored',
				reason: expect.stringContaining('Order updated'),
			}),
	);
	test.each([
		{ id: 1 },
		{ code: 'x', message: 'y', data: { status: 401 } },
		order('processing', '10:00:00', { total: 'a lot' }),
		order('processing', '10:00:00', { line_items: 'none' }),
	])('a payload that is not what its topic promises names the fields, not what is in them', (payload) => {
		const reading = read(payload as Order);
		expect(reading).toMatchObject({
			kind: 'unreadable',
			reason: expect.stringMatching(/not what 'order.updated' promises/),
		});
		expect(JSON.stringify(reading)).not.toContain('a lot');
	});
});

describe('the state of a delivery', () => {
	const stateOf = (body: Order, topic?: string) => woocommerceSource(CONFIG, {}).stateOf?.(stored(body, topic));
	test('is its order and the last change, in GMT whatever the site’s clock says', () => {
		expect(stateOf(order('processing', '10:02:00'))).toEqual({
			subject: '7411',
			occurredAt: new Date(`${DAY}10:02:00Z`),
		});
		expect(read(order('processing', '10:02:00'))).toMatchObject({ subject: '7411', occurredAt: `${DAY}10:02:00.000Z` });
	});
	test.each([
		['a deletion', { id: 7411 }, 'order.deleted'],
		['another topic', order('processing', '10:02:00'), 'product.updated'],
		['one without a date', order('processing', '10:02:00', { date_modified_gmt: null }), 'order.updated'],
	])('%s is none', (_, body, topic) => expect(stateOf(body, topic)).toBeUndefined());
});

describe('statuses of plugins', () => {
	const placed = order('processing', '10:02:00', paid);
	const statuses = {
		packed: 'open',
		'wc-collected': 'delivered',
		failed: 'cancelled',
		quote: 'ignored',
		pending: 'open',
	} as const;
	test.each([
		['shipped', ['order.fulfilled']],
		['delivered', ['order.fulfilled', 'shipment.updated delivered']],
		['partial-shipped', ['order.updated']],
		['anything-else', ['order.updated']],
	])('%s is known without a word', (status, events) =>
		expect(told(order(status, '12:00:00', paid), placed)).toEqual(events),
	);
	test.each([
		['packed', ['order.updated']],
		['collected', ['order.fulfilled', 'shipment.updated delivered']],
		['failed', ['order.cancelled']],
		['quote', ['ignored']],
	])('%s means what the configuration says', (status, events) =>
		expect(told(order(status, '12:00:00', paid), placed, 'order.updated', { statuses })).toEqual(events),
	);
	test('a merchant who confirms unpaid orders says so', () =>
		expect(told(order('pending', '10:00:00'), undefined, 'order.created', { statuses })).toEqual(['order.created']));
	test('a failed payment that the merchant wants told is told also of an order that was never placed', () =>
		expect(
			told(order('failed', '10:05:00'), order('pending', '10:00:00'), 'order.updated', {
				statuses: { failed: 'cancelled' },
			}),
		).toEqual(['order.cancelled']));
});
