import fc from 'fast-check';
import { TestBridge } from '../../support/bridge';
import { BOUTIQUE, postWoo, wooOrder } from '../../support/woocommerce';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-20T09:00:00Z');
type State = Record<string, unknown>;

const gmt = (hours: number): string => new Date(START + hours * HOUR).toISOString().slice(0, 19);
const tracking = (status: string) => ({
	meta_data: [
		{
			key: '_wc_shipment_tracking_items',
			value: [{ tracking_number: 'DL1', formatted_tracking_provider: 'Delhivery' }],
		},
		{ key: 'shipment_status', value: [{ status }] },
	],
});

/** Ways through a shop: what each state changes, in the order in which they follow each other. */
const LIVES: Record<string, { cod?: true; states: State[]; messages: string[] }> = {
	card: {
		states: [
			{ status: 'pending' },
			{ status: 'processing', date_paid_gmt: 'now' },
			tracking('in_transit'),
			{ status: 'completed', date_completed_gmt: 'now' },
			tracking('out_for_delivery'),
			tracking('delivered'),
			{ refunds: [{ id: 1, total: '-5.00' }] },
			{
				refunds: [
					{ id: 1, total: '-5.00' },
					{ id: 2, total: '-7.00' },
				],
			},
		],
		messages: [
			'checkout_invoice',
			'order_shipped',
			'out_for_delivery',
			'order_delivered',
			'order_refunded 5',
			'order_refunded 7',
		],
	},
	transfer: {
		states: [
			{ status: 'checkout-draft' },
			{ status: 'on-hold' },
			{ customer_note: 'please ring' },
			{ status: 'processing', date_paid_gmt: 'now' },
			{ status: 'completed', date_completed_gmt: 'now' },
		],
		messages: ['checkout_invoice', 'order_paid', 'order_shipped'],
	},
	cancelled: {
		cod: true,
		states: [{ status: 'processing' }, { customer_note: 'x' }, tracking('in_transit'), { status: 'cancelled' }],
		messages: ['cod_confirmation', 'order_shipped', 'order_cancelled'],
	},
};
const RANK = [
	'checkout_invoice',
	'cod_confirmation',
	'order_paid',
	'order_shipped',
	'out_for_delivery',
	'order_delivered',
	'order_cancelled',
	'order_refunded 5',
	'order_refunded 7',
];
/** What is told only while it is news: a later state that comes first leaves it out. */
const PASSING = ['order_paid', 'out_for_delivery', 'cod_confirmation', 'order_shipped'];

/** Each state whole, with everything before it, as the shop would send it. */
function statesOf(life: string, id: number, hoursApart: number): State[] {
	const { cod, states } = LIVES[life] ?? { states: [] };
	const base = wooOrder('order.created.in-cod-optin');
	const phone = String(9_876_500_000 + id);
	let order: State = {
		...base,
		id,
		number: String(id),
		billing: { ...(base['billing'] as object), phone },
		date_created_gmt: gmt(0),
		...(cod ? {} : { payment_method: 'bacs', payment_method_title: 'Bank transfer' }),
	};
	const drafts = states.filter(({ status }) => status === 'checkout-draft').length;
	return states.map((change, index) => {
		// A basket becomes an order at once, or not at all.
		const now = gmt(Math.max(0, index - drafts) * hoursApart);
		const dated = Object.entries(change).map(([key, value]) => [key, value === 'now' ? now : value] as const);
		order = { ...order, ...Object.fromEntries(dated), date_modified_gmt: now };
		return order;
	});
}

const steps = (count: number) =>
	fc.array(fc.record({ state: fc.nat(count - 1), drain: fc.boolean(), again: fc.boolean() }), { maxLength: 6 });

describe('whatever way the states of an order come', () => {
	let bridge: TestBridge;
	let orders = 100;
	beforeAll(async () => {
		bridge = await TestBridge.start({ sources: [BOUTIQUE] });
	});
	afterAll(() => bridge.stop());

	/** Posts states in this order, works on them at times, and gives what was sent for the order. */
	async function live(life: string, hoursApart: number, order: number[], drains: boolean[]): Promise<string[]> {
		orders += 1;
		const id = orders;
		const states = statesOf(life, id, hoursApart);
		for (const [step, index] of order.entries()) {
			const body = states[index] ?? {};
			await postWoo(bridge.bridge.url, body, { topic: index === 0 ? 'order.created' : 'order.updated' });
			if (drains[step % drains.length]) await bridge.drain();
		}
		await bridge.drain();
		const sent = await bridge.taken();
		return sent
			.filter(({ templateVariables }) => templateVariables?.['2'] === `#${id}`)
			.map(({ templateName = '', templateVariables }) =>
				templateName === 'order_refunded'
					? `${templateName} ${/\d+/.exec(templateVariables?.['3'] ?? '')?.[0]}`
					: templateName,
			);
	}
	const inOrder = (sent: string[]) => sent.toSorted((a, b) => RANK.indexOf(a) - RANK.indexOf(b));
	const life = fc.constantFrom(...Object.keys(LIVES));
	const drains = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 });
	/** With a payment of today for an order of the day before yesterday that is seen for the first time. */
	const possible = (name: string, hours: number) => [
		...(LIVES[name]?.messages ?? []),
		...(hours > 24 ? ['order_paid'] : []),
	];
	const all = (name: string) => LIVES[name]?.states.map((_, index) => index) ?? [];

	test('in their order, with repeats anywhere after the first: every message, once, in order', async () => {
		await fc.assert(
			fc.asyncProperty(life, fc.constantFrom(1, 7, 40), steps(8), drains, async (name, hours, repeats, when) => {
				const order = all(name);
				for (const { state } of repeats) {
					const place = order.indexOf(state);
					if (place >= 0) order.splice(Math.min(order.length, place + 1 + (state % 3)), 0, state);
				}
				expect(await live(name, hours, order, when)).toEqual(LIVES[name]?.messages);
			}),
			{ numRuns: 15 },
		);
	}, 120_000);

	test('merged, where the shop sends only some of them: each at most once, in order, and nothing that was not so', async () => {
		await fc.assert(
			fc.asyncProperty(
				life,
				fc.constantFrom(1, 7, 40),
				fc.array(fc.nat(7), { minLength: 1 }),
				drains,
				async (name, hours, some, when) => {
					const order = all(name).filter((index) => some.includes(index));
					const sent = await live(name, hours, order, when);
					expect(sent).toEqual(inOrder([...new Set(sent)]));
					expect(possible(name, hours)).toEqual(expect.arrayContaining(sent));
				},
			),
			{ numRuns: 15 },
		);
	}, 120_000);

	test('in any order: each at most once, none out of order, none after the cancellation; within a day what lasts is told', async () => {
		await fc.assert(
			fc.asyncProperty(life, fc.constantFrom(1, 2, 40), fc.integer(), drains, async (name, hours, seed, when) => {
				const order = shuffled([...all(name), ...all(name)], seed);
				const sent = await live(name, hours, order, when);
				const known = LIVES[name]?.messages ?? [];
				expect(sent).toEqual(inOrder([...new Set(sent)]));
				expect(possible(name, hours)).toEqual(expect.arrayContaining(sent));
				if (sent.includes('order_cancelled')) expect(sent.at(-1)).toBe('order_cancelled');
				if (hours <= 2)
					expect(sent).toEqual(expect.arrayContaining(known.filter((message) => !PASSING.includes(message))));
			}),
			{ numRuns: 25 },
		);
	}, 120_000);
});

/** A permutation that a seed gives: fast-check shrinks it to few. */
function shuffled(items: number[], seed: number): number[] {
	let state = seed >>> 0;
	const keyed = items.map((item) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return [state, item] as const;
	});
	return keyed.toSorted(([a], [b]) => a - b).map(([, item]) => item);
}
