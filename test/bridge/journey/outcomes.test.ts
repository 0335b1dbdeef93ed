import { MINUTE, SECOND } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';

/**
 * What the design says of every answer ("Outcomes of an attempt"), written down anew: `others`, whether messages to other people leave at once;
 * `end`, what becomes of the message when the API is well again and nobody has done anything.
 */
interface Expected {
	state: 'waiting' | 'held' | 'failed';
	outcome: string;
	reason: RegExp;
	others: 'leave' | 'wait';
	end: 'sent' | 'stays';
}
const RATE: Expected = { state: 'waiting', outcome: 'rate-limited', reason: /by itself/, others: 'wait', end: 'sent' };
const PAIR: Expected = { ...RATE, outcome: 'pair-rate-limited', reason: /to this person/, others: 'leave' };
const PASSING: Expected = { ...RATE, outcome: 'unavailable', reason: /tried again by itself/, others: 'leave' };
const stopped = (outcome: string, reason: RegExp): Expected => ({ ...RATE, outcome, reason });
const held = (outcome: string, reason: RegExp): Expected => ({
	state: 'held',
	outcome,
	reason,
	others: 'leave',
	end: 'stays',
});
const failed = (outcome: string, reason: RegExp): Expected => ({ ...held(outcome, reason), state: 'failed' });
const template = (outcome: string): Expected => ({ ...held(outcome, /template/), end: 'sent' });

const REFUSED = held('refused', /mend what it says and replay/);
const VALUES = held('wrong-values', /mend the mapping and replay/);
const MEDIA = held('media-refused', /server\.publicUrl.*replay/);
const UNHEARD = held('unheard-of', /does not know; look at it and replay/);
const KEY = stopped('not-authorised', /check messlo\.apiKey/);
const SENDER = stopped('sender-not-ready', /sending number.*WhatsApp Manager/);
const BLOCKED = stopped('account-blocked', /blocked the account.*review/);

const BY_CODE: [number[], Expected][] = [
	[[4, 80007, 130429, 131048], RATE],
	[[131056], PAIR],
	[[1, 2, 131000, 131016, 131057, 133004], PASSING],
	[[132000, 132012, 131008, 131009, 100, 132005, 132007, 132018, 135000], VALUES],
	[[132001], template('template-unknown')],
	[[132015, 132016], template('template-paused')],
	[[132068], held('flow-blocked', /mend the flow and replay/)],
	[[132069], { ...PASSING, outcome: 'flow-throttled' }],
	[[131051, 131052, 131053], MEDIA],
	[[131047], held('window-closed', /24 hours/)],
	[[131030], held('not-on-test-list', /add this one.*replay/)],
	[[131050], failed('opted-out', /never send/)],
	[[131026], failed('undeliverable', /not on WhatsApp/)],
	[[131021], failed('own-number', /the one that sends/)],
	[[130497], failed('country-restricted', /country/)],
	[[130472, 131049], failed('not-now', /did not deliver it/)],
	[[131042], stopped('billing', /mend the payment method/)],
	[[368, 131031], BLOCKED],
	[[33, 131037, 131045, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016], SENDER],
	[[0, 3, 10, 190, 200, 230, 299, 131005], KEY],
	[[131999, 300], REFUSED],
];
const BY_STATUS: [number[], Expected][] = [
	[[400, 404, 405, 409, 410, 413, 415, 422], REFUSED],
	[[401, 403], KEY],
	[[408, 425, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529, 599], PASSING],
	[[429], RATE],
	[[402], stopped('billing', /mend the payment method/)],
	[[418, 451], UNHEARD],
];

const ORDER = JSON.parse(shopifyFixture('orders-create.in-phone-only-in-shipping').toString()) as Record<
	string,
	object
>;
let orders = 0;
/** An order of somebody who has ordered nothing yet. */
function newOrder(): { body: object; phone: string } {
	orders += 1;
	const phone = `+91987650${String(orders).padStart(4, '0')}`;
	return {
		phone,
		body: {
			...ORDER,
			id: 7_000_000 + orders,
			name: `#7${orders}`,
			shipping_address: { ...ORDER['shipping_address'], phone },
		},
	};
}

describe('what an answer of the API means: for the message, for the others, and in the end', () => {
	let bridge: TestBridge;
	beforeAll(async () => {
		bridge = await TestBridge.start();
	});
	afterAll(() => bridge.stop());

	const messageTo = async (phone: string) => {
		const [row] = await bridge.messages(`?to=${encodeURIComponent(phone)}`);
		return bridge.admin<{ state: string; reason: string; attempts: { outcome: string; status: number }[] }>(
			`/messages/${row?.id}`,
		);
	};
	const tookFor = async (phone: string) =>
		(await bridge.taken()).filter((each) => each.contact_no === phone.slice(1)).length;
	const post = async ({ body }: { body: object }) => {
		await bridge.post(body);
		await bridge.drain();
	};

	async function check(status: number, answer: object, expected: Expected): Promise<void> {
		const [one, other] = [newOrder(), newOrder()];
		const match = { contact_no: one.phone.slice(1) };
		await bridge.control('POST', 'faults', [
			{ operation: 'sendMessage', match, times: 'always', status, body: answer },
		]);
		await post(one);
		const { state, reason, attempts } = await messageTo(one.phone);
		expect({ state, outcome: attempts[0]?.outcome, status: attempts[0]?.status, tries: attempts.length }).toEqual({
			state: expected.state,
			outcome: expected.outcome,
			status,
			tries: 1,
		});
		expect(reason).toMatch(expected.reason);
		expect(reason).toContain('what the API said');
		await post(other);
		expect(await tookFor(other.phone)).toBe(expected.others === 'leave' ? 1 : 0);

		await bridge.control('DELETE', 'faults');
		for (const wait of [61 * SECOND, 61 * SECOND, MINUTE]) await bridge.later(wait);
		expect([await tookFor(one.phone), await tookFor(other.phone)]).toEqual([expected.end === 'sent' ? 1 : 0, 1]);
		if (expected.end === 'stays') expect(await messageTo(one.phone)).toMatchObject({ state: expected.state });
	}

	const codes = BY_CODE.flatMap(([each, expected]) => each.map((code) => [code, expected.outcome, expected] as const));
	test.each(codes)('WhatsApp code %i: %s', (code, _, expected) =>
		check(400, { success: false, message: `(#${code}) what the API said`, error: { code } }, expected),
	);
	const statuses = BY_STATUS.flatMap(([each, expected]) =>
		each.map((status) => [status, expected.outcome, expected] as const),
	);
	test.each(statuses)('status %i: %s', (status, _, expected) =>
		check(status, { message: 'what the API said' }, expected),
	);

	test('a code counts in an answer that calls itself well', () =>
		check(
			200,
			{ success: false, message: 'what the API said', error: { code: 131026 } },
			failed('undeliverable', /not on WhatsApp/),
		));

	test('who has stopped marketing messages is suppressed', async () => {
		const { items } = await bridge.admin<{ items: { scope: string; reason: string }[] }>('/suppressions');
		expect(items).toMatchObject([{ scope: 'marketing', reason: "WhatsApp's error 131050" }]);
	});

	test.each([
		[131026, /could not deliver it\. The number is not on WhatsApp/],
		[131049, /could not deliver it\. .*too many marketing messages/],
		[131000, /could not deliver it; what was in the way passes by itself: replay it/],
		[131050, /could not deliver it\. The person has stopped marketing messages/],
		[131999, /could not deliver it\. The API said/],
	])(
		'a message that the API took and WhatsApp could not deliver (%i) is failed with the cause, and not sent again by itself',
		async (code, reason) => {
			const order = newOrder();
			await bridge.control('POST', 'numbers', { contact_no: order.phone.slice(1), behaviour: 'fails-later', code });
			await post(order);
			expect((await messageTo(order.phone)).state).toBe('sent');
			await bridge.later(MINUTE);
			const message = await messageTo(order.phone);
			expect(message.state).toBe('failed');
			expect(message.reason).toMatch(reason);
			await bridge.later(10 * MINUTE);
			expect(await tookFor(order.phone)).toBe(1);
			const suppressed = await bridge.admin<{ items: { phone: string }[] }>('/suppressions');
			expect(suppressed.items.some(({ phone }) => phone === order.phone)).toBe(code === 131050);
		},
	);
});
