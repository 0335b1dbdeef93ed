import fc from 'fast-check';
import { PAIR_WAIT } from '../../../../bridge/src/store/pair-wait';
import { HOUR, MINUTE, SECOND } from '../../../support/clock';
import { after, newMessage, NOW, type TestLedger, WORKER } from './ledger';

const PAIR = 6 * SECOND;

/** Lanes, pairs and stages: who may leave beside whom, and after whom. */
export function lanesBattery(ledger: TestLedger): void {
	/** Claims with the pair's rate, as the bridge does. */
	const claim = async (ms = 0, limit = 100) =>
		(await ledger.store.claimDue(after(ms), limit, WORKER, undefined, PAIR)).map(({ id }) => id);

	describe('lanes', () => {
		test('are those in which something is due and behind nothing else, the longest waiting first', async () => {
			await ledger.plan([
				{ subject: 'a', mapping: 'late', dueAt: after(2 * SECOND) },
				{ subject: 'b', mapping: 'early', dueAt: after(SECOND) },
				{ subject: 'b', mapping: 'behind', dueAt: after(SECOND) },
				{ subject: 'c', mapping: 'early', sender: '12025550100', dueAt: after(3 * SECOND) },
				{ subject: 'd', mapping: 'far', dueAt: after(HOUR) },
				{ subject: 'e', mapping: 'held', state: 'held' },
			]);
			expect(await ledger.store.dueLanes(NOW, 9)).toEqual([]);
			expect(await ledger.store.dueLanes(after(MINUTE), 9)).toEqual([
				{ mapping: 'early', due: 1 },
				{ mapping: 'late', due: 1 },
				{ mapping: 'early', sender: '12025550100', due: 1 },
			]);
		});

		test('tell how many of their messages are due, up to a number', async () => {
			await ledger.plan([
				...Array.from({ length: 5 }, (_, n) => ({ subject: `${n}`, mapping: 'x', dueAt: after(n * SECOND) })),
				{ subject: '0', mapping: 'x', dueAt: after(SECOND) },
				{ subject: 'y', mapping: 'y', dueAt: after(SECOND) },
			]);
			const due = async (now: Date, most: number) =>
				(await ledger.store.dueLanes(now, most)).map((lane) => [lane.mapping, lane.due]);
			expect(await due(after(2 * SECOND), 9)).toEqual([
				['x', 3],
				['y', 1],
			]);
			expect(await due(after(MINUTE), 4)).toEqual([
				['x', 4],
				['y', 1],
			]);
		});

		test('a claim of one takes nothing of another', async () => {
			const [own = '', , other = ''] = await ledger.plan([
				{ subject: 'a', mapping: 'x', to: '+919876500001' },
				{ subject: 'b', mapping: 'y', to: '+919876500002' },
				{ subject: 'c', mapping: 'x', to: '+919876500003', sender: '12025550100' },
			]);
			const taken = async (lane: { mapping: string; sender?: string }) =>
				(await ledger.store.claimDue(NOW, 9, WORKER, lane, PAIR)).map(({ id }) => id);
			expect(await taken({ mapping: 'x' })).toEqual([own]);
			expect(await taken({ mapping: 'x', sender: '12025550100' })).toEqual([other]);
			expect(await ledger.store.dueLanes(NOW, 9)).toEqual([{ mapping: 'y', due: 1 }]);
		});

		test('the next due after a time leaves out what is due already and what is behind another', async () => {
			await ledger.plan([
				{ subject: 'a' },
				{ subject: 'a', dueAt: after(SECOND) },
				{ subject: 'b', dueAt: after(MINUTE) },
			]);
			expect(await ledger.store.nextDue()).toEqual(NOW);
			expect(await ledger.store.nextDue(NOW)).toEqual(after(MINUTE));
			expect(await ledger.store.nextDue(after(MINUTE))).toBeUndefined();
		});
	});

	describe('one number and one person', () => {
		test('a second message waits, with the reason, for six seconds after the first; of many, each for the one before', async () => {
			const [first = '', second = '', third = ''] = await ledger.plan([
				{ subject: 'a' },
				{ subject: 'b' },
				{ subject: 'c' },
			]);
			expect(await claim()).toEqual([first]);
			expect(await ledger.message(second)).toMatchObject({
				state: 'waiting',
				dueAt: after(PAIR),
				reason: PAIR_WAIT,
				attempts: 0,
			});
			expect(await ledger.message(third)).toMatchObject({ dueAt: after(2 * PAIR) });
			expect(await ledger.store.nextDue()).toEqual(after(PAIR));
			expect(await claim(PAIR - 1)).toEqual([]);
			expect(await claim(PAIR)).toEqual([second]);
			expect(await claim(2 * PAIR)).toEqual([third]);
		});

		test('other people, other numbers and messages without a person do not wait', async () => {
			const ids = await ledger.plan([
				{ subject: 'a' },
				{ subject: 'b', sender: '12025550100' },
				{ subject: 'c', to: '+919876500001' },
			]);
			expect((await claim()).toSorted()).toEqual(ids.toSorted());
		});

		test('its own attempts do not make a message wait', async () => {
			const [id = ''] = await ledger.plan([{}]);
			await claim();
			await ledger.finish(id, { state: 'waiting', dueAt: after(SECOND) });
			expect(await claim(SECOND)).toEqual([id]);
		});

		test('a clock that was set back makes nobody wait for what is yet to come, and lets no two through together', async () => {
			const [first = ''] = await ledger.plan([{ subject: 'a' }]);
			expect(await claim()).toEqual([first]);
			const [second = '', third = ''] = await ledger.plan([
				{ subject: 'b', dueAt: after(-HOUR) },
				{ subject: 'c', dueAt: after(-HOUR) },
			]);
			expect(await claim(-HOUR)).toEqual([second]);
			expect(await claim(-HOUR + PAIR)).toEqual([third]);
		});

		test('put off, a message keeps its place in its order', async () => {
			const [other = ''] = await ledger.plan([{ subject: 'other' }]);
			expect(await claim()).toEqual([other]);
			const [first = '', second = ''] = await ledger.plan([{ subject: 'a' }, { subject: 'a', to: '+919876500009' }]);
			expect(await claim(SECOND)).toEqual([]);
			expect(await claim(PAIR)).toEqual([first]);
			await ledger.finish(first);
			expect(await claim(PAIR)).toEqual([second]);
		});

		test('whoever claims and whenever, no two attempts for a person are less than six seconds apart, and all get their turn', async () => {
			let run = 0;
			await fc.assert(
				fc.asyncProperty(
					fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }),
					fc.array(fc.record({ wait: fc.integer({ min: 0, max: 9_000 }), limit: fc.integer({ min: 1, max: 4 }) }), {
						maxLength: 12,
					}),
					async (people, claims) => {
						run += 1;
						const start = run * HOUR;
						const ids = await ledger.plan(
							people.map((person, index) => ({
								subject: `${run}-${index}`,
								to: `+9198765${run % 100}00${person}`,
								dueAt: after(start),
							})),
						);
						const last = new Map<string, number>();
						const taken = new Set<string>();
						let ms = start;
						const takeAt = async (limit: number) => {
							for (const { id, to = '' } of await ledger.store.claimDue(after(ms), limit, WORKER, undefined, PAIR)) {
								expect(ms - (last.get(to) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(PAIR);
								expect(taken.has(id)).toBe(false);
								last.set(to, ms);
								taken.add(id);
								await ledger.finish(id);
							}
						};
						for (const { wait, limit } of claims) {
							ms += wait;
							await takeAt(limit);
						}
						for (let round = 0; round < people.length * 2; round += 1) {
							ms += PAIR;
							await takeAt(9);
						}
						expect([...taken].toSorted()).toEqual(ids.toSorted());
					},
				),
				{ numRuns: 15 },
			);
		});
	});

	describe('stages', () => {
		const stage = { parcel: '7', rank: 3, at: after(-MINUTE) };

		test('are kept with the message, and found by its subject whatever became of it', async () => {
			const [first = '', , third = ''] = await ledger.plan([
				{ stage },
				{},
				{ stage: { ...stage, rank: 4 }, state: 'skipped', reason: 'x' },
			]);
			await ledger.plan([{ stage }], {}, { source: 'boutique' });
			await ledger.plan([{ subject: 'other', stage }], { subject: 'other' });
			await ledger.claim();
			await ledger.finish(first);
			const found = await ledger.store.staged('acme', '1001');
			expect(found.map(({ id, state, stage: its }) => [id, state, its])).toEqual([
				[first, 'sent', stage],
				[third, 'skipped', { ...stage, rank: 4 }],
			]);
		});

		test('a message that is planned anew has the stage of its new plan', async () => {
			const plan = { onceKey: 'once', state: 'held', reason: 'why' } as const;
			const [id = ''] = await ledger.plan([{ ...plan, stage }]);
			await ledger.plan([{ ...plan, stage: { ...stage, rank: 5 } }]);
			expect(await ledger.message(id)).toMatchObject({ stage: { rank: 5 } });
			expect(await ledger.store.renewMessage(id, newMessage())).toBe(true);
			expect(await ledger.message(id)).not.toHaveProperty('stage');
		});
	});
}
