import { MINUTE } from '../../support/clock';
import { ADMIN_TOKEN, TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');

let bridge: TestBridge;
const fresh = async () => {
	bridge = await TestBridge.start();
	await bridge.drain();
};
const done = () => bridge.stop();

async function act(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
	const answer = await fetch(`${bridge.bridge.url}/api/v1${path}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const apiDown = () => bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503, times: 'always' }]);
const state = async () => (await bridge.messages())[0]?.state;

describe('cancel and replay', () => {
	beforeEach(fresh);
	afterEach(done);

	test('a waiting message that is cancelled is not sent, and comes back when it is replayed', async () => {
		await apiDown();
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await act('/messages/msg_1/cancel')).toEqual({
			status: 200,
			body: { message: 'msg_1', state: 'cancelled' },
		});
		await bridge.control('DELETE', 'faults');
		await bridge.later(MINUTE);
		expect(await bridge.taken()).toEqual([]);
		expect((await bridge.messages())[0]?.reason).toMatch(/^cancelled by hand at 2026-11-20T09:00:00/);
		expect(await act('/messages/msg_1/replay')).toMatchObject({
			status: 202,
			body: { message: 'msg_1', event: 'evt_1' },
		});
		await bridge.drain();
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('what was sent can be neither cancelled nor replayed, and says why', async () => {
		await bridge.post(ORDER);
		await bridge.drain();
		const cancelled = await act('/messages/msg_1/cancel');
		expect(cancelled).toMatchObject({ status: 409, body: { reason: 'not-cancellable' } });
		expect(cancelled.body['detail']).toContain('The message is sent');
		const replayed = await act('/messages/msg_1/replay');
		expect(replayed).toMatchObject({ status: 409, body: { reason: 'not-replayable' } });
		expect(replayed.body['detail']).toContain('The message is sent');
		expect((await act('/events/evt_1/replay')).status).toBe(202);
		await bridge.drain();
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('a message that waits, or may have arrived, is not replayed: that could send it twice', async () => {
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', reset: 'before' }]);
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await state()).toBe('unknown');
		expect((await act('/messages/msg_1/replay')).status).toBe(409);
		expect((await act('/messages/msg_1/cancel')).status).toBe(200);
		expect((await act('/messages/msg_1/cancel')).status).toBe(409);
		await bridge.later(MINUTE);
		expect(await bridge.taken()).toEqual([]);
	});

	test('an event that failed to be read is read again', async () => {
		const { body } = await bridge.post(Buffer.from('{"id": 5, "name": "#5"}'));
		await bridge.drain();
		expect(await act(`/events/${String(body['event'])}/replay`)).toMatchObject({ status: 202 });
		await bridge.drain();
		expect(await bridge.admin(`/events/${String(body['event'])}`)).toMatchObject({ state: 'unreadable' });
	});
});

describe('preview', () => {
	beforeAll(fresh);
	afterAll(done);

	const payload = (name: string): unknown => JSON.parse(shopifyFixture(name).toString());
	const preview = (given: object) =>
		act('/preview', { mapping: 'order-confirmation', source: 'acme', topic: 'orders/create', ...given });

	test('of a payload is the message as it would be sent; nothing is stored or sent', async () => {
		const answer = await preview({ payload: payload('orders-create.in-phone-only-in-shipping') });
		expect(answer).toMatchObject({
			status: 200,
			body: {
				problems: [],
				message: {
					mapping: 'order-confirmation',
					template: 'checkout_invoice',
					language: 'en_US',
					to: '+919876543211',
					variables: { '1': 'Rohit', '2': '#1043', '3': '₹1,531.64' },
					header: { document: 'invoice' },
				},
			},
		});
		await bridge.drain();
		expect(await bridge.taken()).toEqual([]);
		expect((await bridge.admin<{ items: unknown[] }>('/events')).items).toEqual([]);
	});

	test('of a stored event, also one that was sent', async () => {
		await bridge.post(ORDER);
		await bridge.drain();
		const answer = await act('/preview', { mapping: 'order-confirmation', event: 'evt_1' });
		expect(answer).toMatchObject({ status: 200, body: { problems: [], message: { to: '+919876543211' } } });
	});

	test('tells the problems with what is there of the message', async () => {
		const answer = await preview({ payload: payload('orders-create.no-phone') });
		expect(answer).toMatchObject({ status: 200, body: { message: { template: 'checkout_invoice' } } });
		expect(answer.body['problems']).toEqual([expect.stringContaining('no number to send to')]);
	});

	test('of an event that the mapping does not want says why', async () => {
		const zero = await preview({ payload: payload('orders-create.zero-total') });
		expect(zero).toMatchObject({ status: 200, body: { message: null } });
		expect(zero.body['problems']).toEqual([expect.stringContaining('order.total > 0')]);
		const other = await preview({
			mapping: 'order-cancelled',
			payload: payload('orders-create.in-phone-only-in-shipping'),
		});
		expect(other.body).toMatchObject({ message: null, problems: [expect.stringContaining('order.created')] });
	});

	test.each([
		['a mapping that is not there', 404, { mapping: 'nothing' }, /There is no mapping 'nothing'/],
		['a source that is not there', 422, { source: 'nothing' }, /'nothing'/],
		['a topic that has no message', 422, { topic: 'orders/edited' }, /./],
		['a payload that is no order', 422, { payload: { id: 5 } }, /created_at/],
		[
			'a shipment of an order nobody knows',
			422,
			{ topic: 'fulfillments/create', payload: payload('fulfillments-create.in-delhivery') },
			/6310000551042/,
		],
	])('of %s says so', async (_, status, given, detail) => {
		const answer = await preview({ payload: payload('orders-create.in-phone-only-in-shipping'), ...given });
		expect(answer.status).toBe(status);
		expect(answer.body['detail']).toMatch(detail);
	});

	test('of an event that is not there says so', async () => {
		expect(await act('/preview', { mapping: 'order-confirmation', event: 'evt_404' })).toMatchObject({ status: 404 });
	});

	test.each([
		['no mapping', { event: 'evt_1' }, /mapping/],
		['neither event nor payload', { mapping: 'order-confirmation' }, /event.*payload|payload.*event/s],
		['no topic', { mapping: 'order-confirmation', source: 'acme', payload: {} }, /topic/],
		[
			'a payload that is no object',
			{ mapping: 'order-confirmation', source: 'acme', topic: 'orders/create', payload: [] },
			/payload/,
		],
		['a key nobody knows', { mapping: 'order-confirmation', event: 'evt_1', colour: 'red' }, /colour/],
		['JSON that is broken', '{"mapping":', /JSON/],
		['nothing', undefined, /mapping/],
	])('with %s is a bad request that names it', async (_, given, detail) => {
		const answer = await act('/preview', given);
		expect([answer.status, answer.body['reason']]).toEqual([400, 'bad-request']);
		expect(answer.body['detail']).toMatch(detail);
	});

	test('tells that a template is not approved', async () => {
		await bridge.control('POST', 'templates', [{ name: 'checkout_invoice', language: 'en_US', status: 'PAUSED' }]);
		bridge.clock.advance(MINUTE);
		const { body } = await preview({ payload: payload('orders-create.in-phone-only-in-shipping') });
		expect(body['problems']).toEqual([expect.stringContaining('paused')]);
	});
});
