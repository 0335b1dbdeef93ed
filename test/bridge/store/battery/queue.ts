import { HOUR, MINUTE, SECOND } from '../../../support/clock';
import { after, attempt, NOW, type TestLedger, WORKER } from './ledger';

/** The queue: what is due, who has it, what came of it. */
export function queueBattery(ledger: TestLedger): void {
	describe('claiming', () => {
		test('takes what is due in the order of its time, marked, counted and no more than asked for', async () => {
			const [late = '', early = '', , soon = ''] = await ledger.plan([
				{ subject: 'a', dueAt: after(2 * SECOND) },
				{ subject: 'b', dueAt: after(1 * SECOND) },
				{ subject: 'c', dueAt: after(HOUR) },
				{ subject: 'd', dueAt: after(3 * SECOND) },
			]);
			expect(await ledger.claim(NOW)).toEqual([]);
			expect(await ledger.store.nextDue()).toEqual(after(1 * SECOND));
			const claimed = await ledger.claim(after(3 * SECOND), 2);
			expect(claimed.map(({ id }) => id)).toEqual([early, late]);
			expect(claimed[0]).toMatchObject({ state: 'sending', attempts: 1, attemptedAt: after(3 * SECOND) });
			expect(await ledger.store.nextDue()).toEqual(after(3 * SECOND));
			expect(await ledger.claimIds(after(3 * SECOND))).toEqual([soon]);
			expect(await ledger.store.nextDue()).toEqual(after(HOUR));
		});

		test('never gives one message to two workers', async () => {
			await ledger.plan(Array.from({ length: 40 }, (_, n) => ({ subject: `order-${n}` })));
			const claims = await Promise.all(
				Array.from({ length: 20 }, (_, n) => ledger.store.claimDue(NOW, 3, `worker-${n}`)),
			);
			const ids = claims.flat().map(({ id }) => id);
			expect(ids).toHaveLength(40);
			expect(new Set(ids).size).toBe(40);
			expect(await ledger.store.nextDue()).toBeUndefined();
		});

		test('messages of one order leave one after the other, those of others beside them', async () => {
			const [first = '', second = '', other = ''] = await ledger.plan([{}, {}, { subject: '1002' }]);
			const [otherShop = ''] = await ledger.plan([{}], {}, { source: 'boutique' });
			expect(await ledger.claimIds()).toEqual([first, other, otherShop]);
			expect(await ledger.claimIds()).toEqual([]);
			await ledger.finish(first);
			expect(await ledger.claimIds()).toEqual([second]);
		});

		test.each(['waiting', 'unknown'] as const)(
			'a message that is %s after its attempt keeps back the later ones',
			async (state) => {
				const [first = '', second = ''] = await ledger.plan([{}, {}]);
				await ledger.claim();
				await ledger.finish(first, { state, dueAt: after(MINUTE) });
				expect(await ledger.claimIds(after(1))).toEqual([]);
				expect(await ledger.store.nextDue()).toEqual(state === 'waiting' ? after(MINUTE) : undefined);
				await ledger.store.changeMessage(first, [state], { state: 'sent' });
				expect(await ledger.claimIds(after(1))).toEqual([second]);
			},
		);

		test.each(['held', 'failed', 'skipped', 'cancelled'] as const)(
			'a message that is %s keeps nothing back',
			async (state) => {
				const [first = '', second = ''] = await ledger.plan([{}, {}]);
				await ledger.claim();
				await ledger.finish(first, { state });
				expect(await ledger.claimIds()).toEqual([second]);
			},
		);

		test('a delayed message keeps nothing back until its time, and from then on what was planned for later', async () => {
			const [delayed = ''] = await ledger.plan([{ dueAt: after(HOUR) }]);
			const [now = '', later = ''] = await ledger.plan([{}, { dueAt: after(2 * HOUR) }]);
			expect(await ledger.claimIds()).toEqual([now]);
			await ledger.finish(now);
			expect(await ledger.claimIds(after(3 * HOUR))).toEqual([delayed]);
			await ledger.finish(delayed);
			expect(await ledger.claimIds(after(3 * HOUR))).toEqual([later]);
		});

		test('order is that of what was planned, also when a retry moves the first to a later time', async () => {
			const [first = '', second = ''] = await ledger.plan([{}, { dueAt: after(SECOND) }]);
			await ledger.claim();
			await ledger.finish(first, { state: 'waiting', dueAt: after(HOUR) });
			expect(await ledger.message(first)).toMatchObject({ plannedFor: NOW, dueAt: after(HOUR) });
			expect(await ledger.claimIds(after(MINUTE))).toEqual([]);
			expect(await ledger.claimIds(after(HOUR))).toEqual([first]);
			await ledger.finish(first);
			expect(await ledger.claimIds(after(HOUR))).toEqual([second]);
		});
	});

	describe('finishing', () => {
		test('writes the attempt and what it means, all at once', async () => {
			const [id = ''] = await ledger.plan([{}]);
			await ledger.claim();
			const refused = attempt({ status: 503, outcome: 'unavailable', reason: 'a passing fault', durationMs: 30.4 });
			expect(
				await ledger.finish(id, { state: 'waiting', reason: 'a passing fault', dueAt: after(SECOND) }, refused),
			).toBe(true);
			await ledger.claim(after(SECOND));
			const change = {
				apiMessageId: 'api-1',
				sentAt: after(SECOND),
				lookAt: after(MINUTE),
				mediaUrl: 'https://b.example/d.pdf',
			};
			expect(await ledger.finish(id, change, { at: after(SECOND) })).toBe(true);
			expect(await ledger.message(id)).toMatchObject({
				state: 'sent',
				apiMessageId: 'api-1',
				sentAt: after(SECOND),
				mediaUrl: 'https://b.example/d.pdf',
				attempts: 2,
				history: [{ ...refused, durationMs: 30 }, attempt({ at: after(SECOND) })],
			});
			expect(await ledger.message(id)).not.toHaveProperty('reason');
		});

		test('an attempt without an answer has no status', async () => {
			const [id = ''] = await ledger.plan([{}]);
			await ledger.claim();
			const { status: _, ...lost } = attempt({ outcome: 'unknown' });
			await ledger.store.finishAttempt(id, WORKER, lost, { state: 'unknown' });
			expect((await ledger.message(id)).history).toEqual([lost]);
		});

		test('is refused to who does not hold the message, but the call is told', async () => {
			const [id = ''] = await ledger.plan([{}]);
			expect(await ledger.finish(id)).toBe(false);
			await ledger.claim();
			expect(await ledger.store.finishAttempt(id, 'another', attempt(), { state: 'sent' })).toBe(false);
			expect(await ledger.message(id)).toMatchObject({ state: 'sending' });
			expect(await ledger.finish(id)).toBe(true);
			expect(await ledger.finish(id, { state: 'failed' })).toBe(false);
			expect(await ledger.message(id)).toMatchObject({ state: 'sent' });
			expect((await ledger.message(id)).history).toHaveLength(4);
		});

		test('a change without an attempt is refused outside its states', async () => {
			const [id = ''] = await ledger.plan([{ state: 'held', reason: 'why', cause: 'c' }]);
			const { store } = ledger;
			expect(await store.changeMessage(id, ['waiting', 'unknown'], { state: 'cancelled' })).toBe(false);
			expect(await store.changeMessage(id, ['waiting', 'held'], { state: 'cancelled', reason: 'by hand' })).toBe(true);
			expect(await ledger.message(id)).toMatchObject({ state: 'cancelled', reason: 'by hand', history: [] });
			expect(await ledger.message(id)).not.toHaveProperty('cause');
			expect(await store.changeMessage('msg_404', ['held'], { state: 'cancelled' })).toBe(false);
			expect(await store.changeMessage('evt_1', ['cancelled'], { state: 'held' })).toBe(false);
		});

		test('a message keeps its holder while only its link is noted', async () => {
			const [id = ''] = await ledger.plan([{}]);
			await ledger.claim();
			await ledger.store.changeMessage(id, ['sending'], { state: 'sending', mediaUrl: 'https://b.example/d.pdf' });
			expect(await ledger.finish(id)).toBe(true);
			expect(await ledger.message(id)).toMatchObject({ state: 'sent', mediaUrl: 'https://b.example/d.pdf' });
		});
	});

	describe('a process that stopped', () => {
		test('what it was sending may have arrived; what this one sends is left alone', async () => {
			const { store } = ledger;
			const [left = '', mine = ''] = await ledger.plan([{ subject: 'a' }, { subject: 'b', dueAt: after(SECOND) }]);
			await store.claimDue(NOW, 9, 'dead');
			await store.claimDue(after(SECOND), 9, WORKER);
			expect(await store.recoverSending(WORKER, after(MINUTE))).toBe(1);
			expect(await store.recoverSending(WORKER, after(MINUTE))).toBe(0);
			const { reason, ...found } = await ledger.message(left);
			expect(found).toMatchObject({ state: 'unknown', dueAt: after(MINUTE), attempts: 1, attemptedAt: NOW });
			expect(reason).toContain('may have arrived');
			expect(await ledger.message(mine)).toMatchObject({ state: 'sending' });
			expect(await store.finishAttempt(left, 'dead', attempt(), { state: 'sent' })).toBe(false);
			expect((await store.unknownDue(after(MINUTE), 9)).map(({ id }) => id)).toEqual([left]);
		});
	});
}
