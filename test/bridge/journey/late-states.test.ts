import { DAY, MINUTE } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { BOUTIQUE, postWoo, wooOrder } from '../../support/woocommerce';

const ORDER = {
	...wooOrder('order.updated.on-hold-bacs'),
	date_created_gmt: '2026-11-20T08:00:00',
	shipping_lines: [{ method_id: 'flat_rate', method_title: 'DHL' }],
};
const onHold = { ...ORDER, date_modified_gmt: '2026-11-20T08:00:00' };
const paid = {
	...ORDER,
	status: 'processing',
	date_paid_gmt: '2026-11-20T08:30:00',
	date_modified_gmt: '2026-11-20T08:30:00',
};
const completed = {
	...paid,
	status: 'completed',
	date_completed_gmt: '2026-11-20T08:50:00',
	date_modified_gmt: '2026-11-20T08:50:00',
};
const cancelled = { ...paid, status: 'cancelled', date_modified_gmt: '2026-11-20T08:55:00' };

describe('messages that wait while the API is away', () => {
	let bridge: TestBridge;
	beforeEach(async () => {
		bridge = await TestBridge.start({ sources: [BOUTIQUE] });
		await bridge.drain();
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503, times: 100 }]);
	});
	afterEach(() => bridge.stop());
	const post = async (...states: object[]) => {
		for (const state of states) await postWoo(bridge.bridge.url, state);
		await bridge.drain();
	};
	/** The API is back, and an hour goes by. */
	const sent = async () => {
		await bridge.control('DELETE', 'faults');
		for (let minute = 0; minute < 60; minute += 5) await bridge.later(5 * MINUTE);
		return (await bridge.taken()).map(({ templateName }) => templateName);
	};

	test('go out though the order has gone on since', async () => {
		await post(onHold);
		await bridge.later(2 * MINUTE);
		await post(paid);
		await bridge.later(2 * MINUTE);
		await post(completed);
		await bridge.later(2 * MINUTE);
		expect(await sent()).toEqual(['checkout_invoice', 'order_paid', 'order_shipped']);
	});

	test('go out though an older state came late, and took over what was told', async () => {
		await post(completed);
		await bridge.later(2 * MINUTE);
		await post(onHold, paid);
		await bridge.later(2 * MINUTE);
		expect(await sent()).toEqual(['checkout_invoice', 'order_shipped']);
	});

	test('are skipped when the order was cancelled meanwhile, with the reason', async () => {
		await post(completed);
		await bridge.later(2 * MINUTE);
		await post(cancelled);
		expect(await sent()).toEqual(['order_cancelled']);
		const skipped = await bridge.messages('?state=skipped');
		expect(skipped.map(({ mapping, reason }) => [mapping, reason]).sort()).toEqual([
			['order-confirmation', 'the order was cancelled meanwhile'],
			['order-shipped', 'the order was cancelled meanwhile'],
		]);
	});

	test('a replay of every event, a day later, sends nothing more', async () => {
		await post(onHold, paid, completed);
		const before = await sent();
		await bridge.later(DAY);
		for (const id of ['evt_1', 'evt_2', 'evt_3']) await bridge.admin(`/events/${id}/replay`, { method: 'POST' });
		await bridge.drain();
		expect((await bridge.taken()).map(({ templateName }) => templateName)).toEqual(before);
	});
});
