import type { MessageChange, NewMessage } from '../../../../bridge/src/store/store';
import { HOUR, MINUTE } from '../../../support/clock';
import { after, newMessage, NOW, type TestLedger, WORKER } from './ledger';

/** Planning: one message for one key, whatever arrives how often. */
export function planningBattery(ledger: TestLedger): void {
	const again = async (message: NewMessage, now = NOW, byHand = false) => {
		const { id } = await ledger.save();
		if (byHand) await ledger.store.replan(id);
		const [row] = await ledger.store.planEvent(id, { state: 'mapped', subject: message.subject }, [message], now);
		return row;
	};

	describe('planning', () => {
		test('writes the event and its messages, each with what it is to say', async () => {
			const { store } = ledger;
			const { id: event } = await ledger.save();
			const full = newMessage({
				header: { document: 'invoice' },
				sender: '911234567890',
				expiresAt: after(HOUR),
				variables: { '1': 'अनुष्का 🧣', '2': 'a"b\\c\n' },
			});
			const bare: NewMessage = {
				subject: '1001',
				mapping: 'order-paid',
				template: 'order_paid',
				variables: {},
				onceKey: 'bare',
				state: 'held',
				reason: 'no number',
				cause: 'template:order_paid:en_US',
				dueAt: after(HOUR),
			};
			const result = { state: 'mapped', event: 'order.created', subject: '1001', occurredAt: after(-MINUTE) } as const;
			const rows = await store.planEvent(event, result, [full, bare], NOW);
			expect(rows).toMatchObject([
				{ result: 'planned', state: 'waiting' },
				{ result: 'planned', state: 'held' },
			]);
			expect(await store.event(event)).toMatchObject({ ...result, plannedAt: NOW });
			const [first = '', second = ''] = rows.map(({ id }) => id);
			const fresh = { event, source: 'acme', createdAt: NOW, attempts: 0, looks: 0, history: [] };
			expect(await ledger.message(first)).toEqual({ ...full, ...fresh, id: first, plannedFor: NOW });
			expect(await ledger.message(second)).toEqual({ ...bare, ...fresh, id: second, plannedFor: after(HOUR) });
			expect(first).toMatch(/^msg_\d+$/);
		});

		test('of an event that is not there is refused and writes nothing', async () => {
			await expect(ledger.store.planEvent('evt_404', { state: 'mapped' }, [newMessage()], NOW)).rejects.toThrow(
				'evt_404',
			);
			expect((await ledger.store.counts()).messages).toEqual({});
		});

		test('a key plans one message, however many events ask at once', async () => {
			const message = newMessage({ onceKey: 'once' });
			const rows = await Promise.all(Array.from({ length: 20 }, () => again(message)));
			expect(rows.filter((row) => row?.result === 'planned')).toHaveLength(1);
			expect(new Set(rows.map((row) => row?.id)).size).toBe(1);
			expect((await ledger.store.counts()).messages).toEqual({ waiting: 1 });
		});

		test.each(['held', 'skipped'] as const)('one that is %s is planned anew by a later event', async (state) => {
			const [id = ''] = await ledger.plan([{ onceKey: 'once', state, reason: 'no number', cause: 'c', to: '+1' }]);
			const mended = newMessage({
				onceKey: 'once',
				to: '+4915112345678',
				variables: { '1': 'Petra' },
				dueAt: after(HOUR),
			});
			expect(await again(mended)).toEqual({ id, result: 'replanned', state: 'waiting' });
			const { reason, cause, ...now } = await ledger.message(id);
			expect(now).toMatchObject({
				to: '+4915112345678',
				variables: { '1': 'Petra' },
				dueAt: after(HOUR),
				plannedFor: after(HOUR),
			});
			expect([reason, cause]).toEqual([undefined, undefined]);
		});

		test('one that still waits for its delay is refreshed; one whose time has come is kept', async () => {
			const [id = ''] = await ledger.plan([{ onceKey: 'once', dueAt: after(HOUR) }]);
			expect(await again(newMessage({ onceKey: 'once', dueAt: after(2 * HOUR) }), after(MINUTE))).toMatchObject({
				result: 'replanned',
			});
			expect(await ledger.message(id)).toMatchObject({ plannedFor: after(2 * HOUR) });
			expect(await again(newMessage({ onceKey: 'once', dueAt: after(5 * HOUR) }), after(2 * HOUR))).toMatchObject({
				result: 'kept',
			});
			expect(await ledger.message(id)).toMatchObject({ plannedFor: after(2 * HOUR) });
		});

		test('one that has been tried is kept, though it waits again', async () => {
			const [id = ''] = await ledger.plan([{ onceKey: 'once' }]);
			await ledger.claim();
			await ledger.finish(id, { state: 'waiting', dueAt: after(HOUR) });
			expect(await again(newMessage({ onceKey: 'once', to: '+1' }))).toEqual({ id, result: 'kept', state: 'waiting' });
			expect((await ledger.message(id)).to).toBe('+919876543211');
		});

		test('one that is being sent, may have arrived, or was sent is kept, also when a person asks', async () => {
			const ways: [string, () => Promise<unknown>][] = [
				['sending', async () => undefined],
				['unknown', () => ledger.store.changeMessage('msg_1', ['sending'], { state: 'unknown' })],
				['sent', () => ledger.store.changeMessage('msg_1', ['unknown'], { state: 'sent' })],
				['delivered', () => ledger.store.changeMessage('msg_1', ['sent'], { state: 'delivered' })],
				['read', () => ledger.store.changeMessage('msg_1', ['delivered'], { state: 'read' })],
			];
			expect(await ledger.plan([{ onceKey: 'once' }])).toEqual(['msg_1']);
			await ledger.claim();
			for (const [state, go] of ways) {
				await go();
				expect(await again(newMessage({ onceKey: 'once', to: '+1' }), after(HOUR), true)).toEqual({
					id: 'msg_1',
					result: 'kept',
					state,
				});
			}
		});

		const ended = async (state: 'failed' | 'cancelled'): Promise<string> => {
			const id = await ledger.sent({ onceKey: 'once' }, { mediaUrl: 'https://bridge.example/old.pdf' });
			await ledger.store.changeMessage(id, ['sent'], { state: 'delivered', deliveredAt: after(1), lookAt: after(2) });
			await ledger.store.changeMessage(id, ['delivered'], { state, reason: 'said so' } satisfies MessageChange);
			return id;
		};
		const startsAnew = async (id: string) => {
			const back = await ledger.message(id);
			expect(back).toMatchObject({ state: 'waiting', attempts: 0, looks: 0, history: [{ outcome: 'sent' }] });
			for (const old of ['mediaUrl', 'apiMessageId', 'sentAt', 'deliveredAt', 'reason'])
				expect(back).not.toHaveProperty(old);
			expect(await ledger.store.nextLook()).toBeUndefined();
		};

		test('one that failed comes back when its event is replayed by hand, and starts anew', async () => {
			const id = await ended('failed');
			expect(await again(newMessage({ onceKey: 'once' }))).toEqual({ id, result: 'kept', state: 'failed' });
			const replanned = { id, result: 'replanned', state: 'waiting' };
			expect(await again(newMessage({ onceKey: 'once' }), after(HOUR), true)).toEqual(replanned);
			await startsAnew(id);
		});

		test('one that a person cancelled comes back only when that very message is replayed', async () => {
			const id = await ended('cancelled');
			expect(await again(newMessage({ onceKey: 'once' }), after(HOUR), true)).toEqual({
				id,
				result: 'kept',
				state: 'cancelled',
			});
			expect(await ledger.store.renewMessage(id, newMessage({ onceKey: 'once' }))).toBe(true);
			await startsAnew(id);
			expect(await ledger.store.renewMessage(id, newMessage({ onceKey: 'once' }))).toBe(false);
		});

		test('one that may have arrived is not sent again by a later event, nor by a replay of its event', async () => {
			const [id = ''] = await ledger.plan([{ onceKey: 'once' }]);
			await ledger.claim();
			await ledger.store.changeMessage(id, ['sending'], {
				state: 'held',
				cause: 'doubtful',
				reason: 'it may have arrived',
			});
			for (const byHand of [false, true])
				expect(await again(newMessage({ onceKey: 'once' }), after(HOUR), byHand)).toEqual({
					id,
					result: 'kept',
					state: 'held',
				});
			expect(await ledger.store.renewMessage(id, newMessage({ onceKey: 'once' }))).toBe(true);
		});

		test('withdrawing skips what waits with a delay, with the reason, and nothing else', async () => {
			const { store } = ledger;
			const delayed = { dueAt: after(HOUR) };
			const [due = '', waits = '', held = '', otherSubject = ''] = await ledger.plan([
				{},
				delayed,
				{ ...delayed, state: 'held' },
				{ ...delayed, subject: '1002' },
			]);
			const [otherSource = ''] = await ledger.plan([delayed], {}, { source: 'boutique' });
			expect(await store.withdraw('acme', '1001', 'the checkout was completed', NOW)).toBe(1);
			expect(await ledger.message(waits)).toMatchObject({ state: 'skipped', reason: 'the checkout was completed' });
			const states = await Promise.all(
				[due, held, otherSubject, otherSource].map(async (id) => (await ledger.message(id)).state),
			);
			expect(states).toEqual(['waiting', 'held', 'waiting', 'waiting']);
			expect(await store.withdraw('acme', '1001', 'again', NOW)).toBe(0);
			expect(await store.claimDue(after(2 * HOUR), 9, WORKER)).not.toContainEqual(
				expect.objectContaining({ id: waits }),
			);
		});
	});
}
