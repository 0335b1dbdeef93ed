import fc from 'fast-check';
import type { LedgerChange } from '../../../../bridge/src/store/store';
import { SECOND } from '../../../support/clock';
import { after, NOW, type TestLedger } from './ledger';

/** What became of a source's events and messages, told to whoever follows; and states of a subject in the order of their time. */
export function followingBattery(ledger: TestLedger): void {
	const all = (afterNumber = 0, source = 'acme', limit = 100): Promise<LedgerChange[]> =>
		ledger.store.changes(source, afterNumber, limit);

	test('what happened before somebody followed is not told, what happens later is, each by its last change', async () => {
		await ledger.plan([{}]);
		await ledger.store.follow('acme');
		await ledger.store.follow('acme');
		expect(await all()).toEqual([]);
		const [id = ''] = await ledger.plan([{ subject: '7' }], { subject: '7' }, { deliveryKey: 'row-7' });
		expect(await all()).toMatchObject([{ deliveryKey: 'row-7', subject: '7', state: 'waiting', message: { id } }]);
		await ledger.store.changeMessage(id, ['waiting'], { state: 'cancelled', reason: 'by hand' });
		const told = await all();
		expect(told).toMatchObject([{ state: 'cancelled', reason: 'by hand' }]);
		expect(await all(told[0]?.number)).toEqual([]);
	});

	test('the attempt itself is no change; its end is', async () => {
		await ledger.store.follow('acme');
		const [id = ''] = await ledger.plan([{}]);
		const [{ number = 0 } = {}] = await all();
		await ledger.claim();
		expect(await all(number)).toEqual([]);
		await ledger.finish(id, { state: 'sent', sentAt: NOW, apiMessageId: 'api-1' });
		expect(await all(number)).toMatchObject([{ state: 'sent', message: { id, apiMessageId: 'api-1' } }]);
	});

	test('an event that came to nothing is told, with the reason; one that gave messages is told by them alone', async () => {
		await ledger.store.follow('acme');
		await ledger.plan([], { state: 'ignored', reason: 'no mapping', subject: '8' }, { deliveryKey: 'row-8' });
		await ledger.store.saveEvent(
			{ source: 'acme', topic: 't', deliveryKey: 'bad', headers: {}, body: Buffer.from('{') },
			{ receivedAt: NOW, verifiedAt: NOW },
			'unreadable: no JSON',
		);
		await ledger.plan([{}], {}, { deliveryKey: 'row-9' });
		const told = await all();
		expect(told.map(({ deliveryKey, state, reason }) => [deliveryKey, state, reason])).toEqual([
			['row-8', 'ignored', 'no mapping'],
			['bad', 'unreadable', 'unreadable: no JSON'],
			['row-9', 'waiting', undefined],
		]);
		expect(told[0]?.message).toBeUndefined();
	});

	test('how a subject stands is told by its newest event: its messages, or the event alone', async () => {
		expect(await ledger.store.outcome('acme', '7')).toEqual([]);
		await ledger.plan([{ subject: '7', onceKey: 'old' }], { subject: '7' }, { deliveryKey: 'row-7' });
		const ids = await ledger.plan(
			[
				{ subject: '7', onceKey: 'a' },
				{ subject: '7', onceKey: 'b' },
			],
			{ subject: '7' },
			{ deliveryKey: 'row-7.1' },
		);
		expect(await ledger.store.outcome('acme', '7')).toMatchObject(
			ids.map((id) => ({ deliveryKey: 'row-7.1', subject: '7', state: 'waiting', message: { id } })),
		);
		await ledger.plan([], { state: 'ignored', reason: 'no mapping', subject: '8' }, { deliveryKey: 'row-8' });
		const [told, ...more] = await ledger.store.outcome('acme', '8');
		expect([told, more]).toMatchObject([{ deliveryKey: 'row-8', state: 'ignored', reason: 'no mapping' }, []]);
		expect(told?.message).toBeUndefined();
		expect(await ledger.store.outcome('boutique', '8')).toEqual([]);
	});

	test('changes of other sources are not told', async () => {
		await ledger.store.follow('acme');
		await ledger.plan([{}], {}, { source: 'boutique' });
		expect([await all(), await all(0, 'boutique')]).toEqual([[], []]);
	});

	test('whoever follows in steps of any size, with restarts, ends knowing the newest state of every message, and no step goes back', async () => {
		await ledger.store.follow('acme');
		const states = ['held', 'skipped', 'cancelled', 'failed', 'sent', 'delivered', 'read'] as const;
		let told = 0;
		const seen = new Map<string, string>();
		const want = new Map<string, string>();
		const change = fc.record({ pick: fc.nat(9), state: fc.constantFrom(...states) });
		const round = fc.record({
			planned: fc.integer({ min: 0, max: 4 }),
			changed: fc.array(change, { maxLength: 8 }),
			limit: fc.integer({ min: 1, max: 5 }),
			looks: fc.integer({ min: 0, max: 3 }),
			reopen: fc.boolean(),
		});
		const follow = async (limit: number): Promise<number> => {
			const changes = await all(told, 'acme', limit);
			for (const { number, message, state } of changes) {
				expect(number).toBeGreaterThan(told);
				told = number;
				if (message) seen.set(message.id, state);
			}
			return changes.length;
		};
		await fc.assert(
			fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 5 }), async (rounds) => {
				for (const { planned, changed, limit, looks, reopen } of rounds) {
					const made = await ledger.plan(Array.from({ length: planned }, () => ({})));
					for (const id of made) want.set(id, 'waiting');
					for (const { pick, state } of changed) {
						const id = [...want.keys()].at(-1 - pick);
						if (id === undefined) continue;
						await ledger.store.changeMessage(id, [...states, 'waiting'], { state });
						want.set(id, state);
					}
					for (let look = 0; look < looks; look += 1) await follow(limit);
					if (reopen) await ledger.reopen();
				}
				while ((await follow(7)) > 0);
				expect(seen).toEqual(want);
			}),
			{ numRuns: 20 },
		);
	});

	test('the tally counts the messages of one source by state, and its events that still wait', async () => {
		await ledger.plan([{}, {}, { state: 'held', reason: 'x' }]);
		await ledger.plan([{}], {}, { source: 'boutique' });
		await ledger.save();
		await ledger.store.unplannedEvents(10);
		expect(await ledger.store.tally('acme')).toEqual({ waiting: 2, held: 1, stored: 1 });
		expect(await ledger.store.tally('nobody')).toEqual({ stored: 0 });
	});

	test('a cursor is what was written last, over a restart too; names do not meet, nor do they those of settings', async () => {
		expect(await ledger.store.cursor('acme/seen')).toBeUndefined();
		await ledger.store.saveCursor('acme/seen', 'one');
		await ledger.store.saveCursor('acme/seen', 'two');
		await ledger.store.saveCursor('acme/other', '');
		await ledger.reopen();
		expect([await ledger.store.cursor('acme/seen'), await ledger.store.cursor('acme/other')]).toEqual(['two', '']);
		expect(await ledger.store.setting('acme/seen', () => 'made')).toBe('made');
		expect(await ledger.store.cursor('acme/seen')).toBe('two');
	});

	const state = (seconds: number, subject = '5', given: { carriesOrder?: boolean; source?: string } = {}) =>
		ledger.plan(
			[],
			{ subject, occurredAt: after(seconds * SECOND), carriesOrder: given.carriesOrder ?? true },
			{ source: given.source ?? 'acme', topic: 'orders/updated' },
		);
	const newestId = async () => (await ledger.store.events({ limit: 1 })).items[0]?.id ?? '';

	test('the state before is the newest older one; of two at one time, the one stored first', async () => {
		const ids: string[] = [];
		for (const seconds of [10, 30, 20, 20]) {
			await state(seconds);
			ids.push(await newestId());
		}
		await state(25, 'another subject');
		await state(25, '5', { source: 'boutique' });
		await state(25, '5', { carriesOrder: false });
		const [ten = '', thirty = '', first = '', second = ''] = ids;
		const before = async (seconds: number, event: string) =>
			(await ledger.store.stateBefore('acme', '5', after(seconds * SECOND), event))?.id;
		expect(await before(30, thirty)).toBe(second);
		expect(await before(20, second)).toBe(first);
		expect(await before(20, first)).toBe(ten);
		expect(await before(10, ten)).toBeUndefined();
		expect((await ledger.store.latestOrder('acme', '5'))?.id).toBe(thirty);
	});

	test('what is stored of a subject comes oldest first, planned events alone', async () => {
		await ledger.plan(
			[],
			{ subject: '5', event: 'order.created', occurredAt: NOW },
			{ deliveryKey: 'a', topic: 'orders/create' },
		);
		await ledger.plan([], { subject: '6' }, { deliveryKey: 'b' });
		await ledger.plan([], { subject: '5' }, { deliveryKey: 'c', source: 'boutique' });
		await ledger.plan(
			[],
			{ subject: '5', state: 'ignored', reason: 'x' },
			{ deliveryKey: 'd', topic: 'orders/updated' },
		);
		await ledger.save({ deliveryKey: 'e' });
		expect(await ledger.store.eventsOf('acme', '5')).toEqual([
			{
				id: expect.any(String) as string,
				topic: 'orders/create',
				event: 'order.created',
				occurredAt: NOW,
				deliveryKey: 'a',
			},
			{ id: expect.any(String) as string, topic: 'orders/updated', deliveryKey: 'd' },
		]);
	});

	test('the states of a subject, walked back from any of them, are every older one in the order of their time', async () => {
		let run = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(6), { minLength: 1, maxLength: 10 }), async (times) => {
				const subject = `walk-${(run += 1)}`;
				const stored: { id: string; seconds: number; place: number }[] = [];
				for (const [place, seconds] of times.entries()) {
					await state(seconds, subject);
					stored.push({ id: await newestId(), seconds, place });
				}
				const ordered = stored.toSorted((a, b) => b.seconds - a.seconds || b.place - a.place);
				const walked: string[] = [];
				let at = ordered[0];
				while (at) {
					walked.push(at.id);
					const { id, seconds } = at;
					const older = await ledger.store.stateBefore('acme', subject, after(seconds * SECOND), id);
					at = stored.find((each) => each.id === older?.id);
				}
				expect(walked).toEqual(ordered.map(({ id }) => id));
			}),
			{ numRuns: 30 },
		);
	});
}
