import { HOUR, MINUTE, SECOND } from '../../../support/clock';
import { after, NOW, type TestLedger } from './ledger';

/** Messages that are looked up: unknown, sent, held for a cause. */
export function lookingBattery(ledger: TestLedger): void {
	describe('looking', () => {
		test('messages that may have arrived are looked up at their time, the oldest first', async () => {
			const { store } = ledger;
			const [late = '', early = '', other = ''] = await ledger.plan([
				{ subject: 'a' },
				{ subject: 'b' },
				{ subject: 'c' },
			]);
			await ledger.claim();
			await ledger.finish(late, { state: 'unknown', dueAt: after(2 * SECOND) });
			await ledger.finish(early, { state: 'unknown', dueAt: after(SECOND) });
			await ledger.finish(other, { state: 'held' });
			expect(await store.nextLook()).toEqual(after(SECOND));
			expect(await store.unknownDue(NOW, 9)).toEqual([]);
			expect((await store.unknownDue(after(MINUTE), 1)).map(({ id }) => id)).toEqual([early]);
			expect((await store.unknownDue(after(MINUTE), 9)).map(({ id }) => id)).toEqual([early, late]);
		});

		test('sent messages are looked up when they said, each look is counted, and no more after the last', async () => {
			const { store } = ledger;
			const id = await ledger.sent();
			expect((await ledger.message(id)).looks).toBe(1);
			expect(await store.nextLook()).toEqual(after(MINUTE));
			expect(await store.watchedDue(NOW, 9)).toEqual([]);
			expect((await store.watchedDue(after(MINUTE), 9)).map((message) => message.id)).toEqual([id]);
			const delivered = { state: 'delivered', deliveredAt: after(MINUTE), lookAt: after(HOUR) } as const;
			await store.changeMessage(id, ['sent'], delivered);
			expect(await ledger.message(id)).toMatchObject({
				state: 'delivered',
				deliveredAt: after(MINUTE),
				looks: 2,
				sentAt: NOW,
			});
			await store.changeMessage(id, ['delivered'], { state: 'read', readAt: after(HOUR), lookAt: null });
			expect(await ledger.message(id)).toMatchObject({
				state: 'read',
				readAt: after(HOUR),
				deliveredAt: after(MINUTE),
			});
			expect(await store.watchedDue(after(100 * HOUR), 9)).toEqual([]);
			expect(await store.nextLook()).toBeUndefined();
		});

		test('a message that is not sent any more is not looked up, though nobody took its time away', async () => {
			const { store } = ledger;
			const id = await ledger.sent();
			await store.changeMessage(id, ['sent'], { state: 'failed', reason: 'not on WhatsApp' });
			expect(await store.watchedDue(after(HOUR), 9)).toEqual([]);
			expect(await store.nextLook()).toBeUndefined();
		});

		test('the oldest looks come first, as many as asked for', async () => {
			const { store } = ledger;
			const ids: string[] = [];
			for (const minutes of [3, 1, 2])
				ids.push(await ledger.sent({ subject: `s${minutes}` }, { lookAt: after(minutes * MINUTE) }));
			expect((await store.watchedDue(after(HOUR), 2)).map(({ id }) => id)).toEqual([ids[1], ids[2]]);
		});
	});

	describe('holding for a cause', () => {
		test('causes are counted, and releasing one lets its messages go and no others', async () => {
			const { store } = ledger;
			const [a = '', b = '', delayed = '', byItself = ''] = await ledger.plan([
				{ subject: 'a', state: 'held', reason: 'paused', cause: 'template:x:en' },
				{ subject: 'b', state: 'held', reason: 'paused', cause: 'template:y:en' },
				{ subject: 'c', state: 'held', reason: 'paused', cause: 'template:x:en', dueAt: after(HOUR) },
				{ subject: 'd', state: 'held', reason: 'no number' },
			]);
			expect(await store.heldCauses()).toEqual({ 'template:x:en': 2, 'template:y:en': 1 });
			expect(await store.release('template:x:en', after(MINUTE))).toBe(2);
			expect(await store.release('template:x:en', after(MINUTE))).toBe(0);
			const { reason, cause, ...free } = await ledger.message(a);
			expect([free.state, free.dueAt, reason, cause]).toEqual(['waiting', after(MINUTE), undefined, undefined]);
			expect(await ledger.message(delayed)).toMatchObject({ state: 'waiting', dueAt: after(HOUR) });
			expect([(await ledger.message(b)).state, (await ledger.message(byItself)).state]).toEqual(['held', 'held']);
			expect(await store.heldCauses()).toEqual({ 'template:y:en': 1 });
			expect(await ledger.claimIds(after(MINUTE))).toEqual([a]);
		});
	});
}
