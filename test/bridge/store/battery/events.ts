import fc from 'fast-check';
import { HOUR, MINUTE } from '../../../support/clock';
import { after, NOW, type TestLedger } from './ledger';

/** Events: stored once, found again, planned again. */
export function eventsBattery(ledger: TestLedger): void {
	describe('events', () => {
		test('an event is kept as it came, and counted by its ids', async () => {
			const headers = { 'x-shopify-topic': 'orders/create', 'content-type': 'application/json' };
			const { id, duplicate } = await ledger.store.saveEvent(
				{ source: 'acme', topic: 'orders/create', deliveryKey: 'd', body: Buffer.from('{"id":1}'), headers },
				{ receivedAt: NOW, verifiedAt: after(3) },
			);
			expect(duplicate).toBe(false);
			expect(id).toMatch(/^evt_\d+$/);
			expect(await ledger.store.event(id)).toEqual({
				id,
				source: 'acme',
				topic: 'orders/create',
				state: 'stored',
				receivedAt: NOW,
				duplicates: 0,
				byHand: false,
				headers,
				body: Buffer.from('{"id":1}'),
			});
			const next = await ledger.save();
			expect(Number(next.id.slice(4))).toBeGreaterThan(Number(id.slice(4)));
		});

		test.each(['evt_999', 'msg_1', '1', '', 'evt_-1', 'evt_1 or 1=1', 'evt_99999999999999999999'])(
			'there is no event %p',
			async (id) => {
				await ledger.save();
				expect(await ledger.store.event(id)).toBeUndefined();
				expect(await ledger.store.replan(id)).toBe(false);
			},
		);

		test('any bytes of a body come back as they were', async () => {
			await fc.assert(
				fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5000 }), async (bytes) => {
					const { id } = await ledger.save({ body: Buffer.from(bytes) });
					expect((await ledger.store.event(id))?.body.equals(Buffer.from(bytes))).toBe(true);
				}),
				{ numRuns: 50 },
			);
			const large = Buffer.alloc(5 * 1024 * 1024, 'é🧣\0');
			const { id } = await ledger.save({ body: large });
			expect((await ledger.store.event(id))?.body.equals(large)).toBe(true);
		});

		test('the same delivery is stored once, and its repeats are counted', async () => {
			const first = await ledger.save({ deliveryKey: 'same', eventKey: 'one' });
			expect(await ledger.save({ deliveryKey: 'same', eventKey: 'two' })).toEqual({ id: first.id, duplicate: true });
			expect(await ledger.save({ deliveryKey: 'same', eventKey: 'one' })).toEqual({ id: first.id, duplicate: true });
			expect(await ledger.store.event(first.id)).toMatchObject({ duplicates: 2 });
		});

		test('the same event by another delivery is stored once', async () => {
			const first = await ledger.save({ deliveryKey: 'a', eventKey: 'same' });
			expect(await ledger.save({ deliveryKey: 'b', eventKey: 'same' })).toEqual({ id: first.id, duplicate: true });
		});

		test('events without a key of their own are told apart by their deliveries', async () => {
			const { store } = ledger;
			const bare = (deliveryKey: string) =>
				store.saveEvent(
					{ source: 'acme', topic: 'shop/redact', deliveryKey, body: Buffer.from('{}'), headers: {} },
					{ receivedAt: NOW, verifiedAt: NOW },
				);
			const [one, two, again] = [await bare('a'), await bare('b'), await bare('a')];
			expect([one.duplicate, two.duplicate]).toEqual([false, false]);
			expect(again).toEqual({ id: one.id, duplicate: true });
		});

		test('two sources may use the same keys', async () => {
			const one = await ledger.save({ source: 'acme', deliveryKey: 'same', eventKey: 'same' });
			const two = await ledger.save({ source: 'boutique', deliveryKey: 'same', eventKey: 'same' });
			expect(two.duplicate).toBe(false);
			expect(two.id).not.toBe(one.id);
		});

		test('of many duplicates at once exactly one is stored, and all are answered with its id', async () => {
			const answers = await Promise.all([
				...Array.from({ length: 50 }, (_, n) => ledger.save({ deliveryKey: 'same', eventKey: `other-${n}` })),
				...Array.from({ length: 50 }, (_, n) => ledger.save({ deliveryKey: `other-${n}`, eventKey: 'other-0' })),
			]);
			expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
			expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
			expect((await ledger.store.counts()).events).toEqual({ stored: 1 });
			expect((await ledger.store.event(answers[0]?.id ?? ''))?.duplicates).toBe(99);
		});

		test('what could not be read is kept with the reason and not planned', async () => {
			const { store } = ledger;
			const unreadable = await store.saveEvent(
				{ source: 'acme', topic: 'orders/create', deliveryKey: 'd', body: Buffer.from('<xml/>'), headers: {} },
				{ receivedAt: NOW, verifiedAt: NOW },
				'unsupported-content-type: choose JSON',
			);
			expect(await store.event(unreadable.id)).toMatchObject({
				state: 'unreadable',
				reason: 'unsupported-content-type: choose JSON',
			});
			expect((await store.unplannedEvents(10)).mine).toEqual([]);
		});

		test('a delivery that could not be read at first and comes again whole is accepted', async () => {
			const { store } = ledger;
			const given = { source: 'acme', topic: 'orders/create', deliveryKey: 'd', body: Buffer.from('{"id":1}') };
			const times = { receivedAt: NOW, verifiedAt: NOW };
			const broken = { ...given, headers: { 'content-type': 'text/plain' } };
			const { id } = await store.saveEvent(broken, times, 'unsupported-content-type');
			expect(await store.saveEvent(broken, times, 'unsupported-content-type')).toEqual({ id, duplicate: true });
			const mended = { ...given, headers: { 'content-type': 'application/json' }, eventKey: 'e' };
			expect(await store.saveEvent(mended, times)).toEqual({ id, duplicate: false });
			expect(await store.saveEvent({ ...mended, deliveryKey: 'other' }, times)).toEqual({ id, duplicate: true });
			const [event, ...others] = (await store.unplannedEvents(10)).mine;
			expect(others).toEqual([]);
			expect(event).toMatchObject({ id, state: 'stored', headers: { 'content-type': 'application/json' } });
			expect(event?.reason).toBeUndefined();
		});

		test('what waits to be planned comes oldest first, as many as asked for', async () => {
			const ids = [(await ledger.save()).id, (await ledger.save()).id, (await ledger.save()).id];
			expect((await ledger.store.unplannedEvents(2)).mine.map(({ id }) => id)).toEqual(ids.slice(0, 2));
			await ledger.store.planEvent(ids[0] ?? '', { state: 'ignored' }, [], NOW);
			expect((await ledger.store.unplannedEvents(9)).mine.map(({ id }) => id)).toEqual(ids.slice(1));
		});

		test('an event that waits for its order is planned when the order wakes it, and not before', async () => {
			const { store } = ledger;
			const { id } = await ledger.save();
			await store.planEvent(
				id,
				{ state: 'stored', waitsFor: '1001', subject: '1001', reason: 'not known yet' },
				[],
				NOW,
			);
			expect((await store.unplannedEvents(9)).mine).toEqual([]);
			const plan = async (given: object, result: object) => {
				const order = await ledger.save(given);
				await store.planEvent(order.id, { state: 'ignored', ...result }, [], NOW);
				return (await store.unplannedEvents(9)).mine.map((event) => event.id);
			};
			expect(await plan({ source: 'boutique' }, { subject: '1001', carriesOrder: true })).toEqual([]);
			expect(await plan({}, { subject: '1002', carriesOrder: true })).toEqual([]);
			expect(await plan({}, { subject: '1001' })).toEqual([]);
			expect(await plan({}, { subject: '1001', carriesOrder: true })).toEqual([id]);
		});

		test('a person may have any event planned again; that it was asked for is told until it is planned', async () => {
			const { store } = ledger;
			const { id } = await ledger.save();
			await store.planEvent(id, { state: 'unreadable', reason: 'no id' }, [], NOW);
			expect(await store.replan(id)).toBe(true);
			expect((await store.unplannedEvents(9)).mine).toMatchObject([{ id, byHand: true }]);
			await store.planEvent(id, { state: 'mapped' }, [], after(MINUTE));
			const planned = await store.event(id);
			expect(planned).toMatchObject({ state: 'mapped', byHand: false, plannedAt: after(MINUTE) });
			expect(planned).not.toHaveProperty('reason');
		});

		test('the newest state of an order is the one that happened last, not the one that came last', async () => {
			const { store } = ledger;
			const state = async (occurredAt: Date, carriesOrder = true, source = 'acme') => {
				const { id } = await ledger.save({ source });
				await store.planEvent(id, { state: 'mapped', subject: '1001', occurredAt, carriesOrder }, [], NOW);
				return id;
			};
			expect(await store.latestOrder('acme', '1001')).toBeUndefined();
			await state(after(MINUTE));
			const newest = await state(after(HOUR));
			await state(after(2 * MINUTE));
			await state(after(2 * HOUR), false);
			await state(after(3 * HOUR), true, 'boutique');
			expect(await store.latestOrder('acme', '1001')).toMatchObject({ id: newest, occurredAt: after(HOUR) });
			expect(await store.latestOrder('acme', '1002')).toBeUndefined();
			const sameTime = await state(after(HOUR));
			expect((await store.latestOrder('acme', '1001'))?.id).toBe(sameTime);
		});

		test('a checkout is closed once an event says so', async () => {
			const { store } = ledger;
			const { id } = await ledger.save();
			await store.planEvent(id, { state: 'ignored', subject: 'cart-1', closes: 'cart-1' }, [], NOW);
			expect(await store.isClosed('acme', 'cart-1')).toBe(true);
			expect(await store.isClosed('acme', 'cart-2')).toBe(false);
			expect(await store.isClosed('boutique', 'cart-1')).toBe(false);
		});
	});
}
