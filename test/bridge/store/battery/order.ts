import fc from 'fast-check';
import { SECOND } from '../../../support/clock';
import { after, attempt, type TestLedger } from './ledger';

const WORKERS = ['one', 'two', 'three'];

type Step =
	| { do: 'plan'; subject: string; delayS: number }
	| { do: 'claim'; worker: number; limit: number }
	| { do: 'finish'; pick: number; as: 'sent' | 'retry' | 'lost' | 'held' }
	| { do: 'settle'; as: 'sent' | 'waiting' }
	| { do: 'crash'; worker: number }
	| { do: 'wait'; seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({
		do: fc.constant('plan' as const),
		subject: fc.constantFrom('a', 'b', 'c'),
		delayS: fc.constantFrom(0, 0, 0, 5, 60),
	}),
	fc.record({ do: fc.constant('claim' as const), worker: fc.nat(2), limit: fc.integer({ min: 1, max: 5 }) }),
	fc.record({
		do: fc.constant('finish' as const),
		pick: fc.nat(9),
		as: fc.constantFrom('sent', 'sent', 'retry', 'lost', 'held'),
	}),
	fc.record({ do: fc.constant('settle' as const), as: fc.constantFrom('sent', 'waiting') }),
	fc.record({ do: fc.constant('crash' as const), worker: fc.nat(2) }),
	fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 30 }) }),
) as fc.Arbitrary<Step>;

/** Whatever happens in whatever order: messages of a subject leave one at a time, in order, each once. */
export function orderBattery(ledger: TestLedger): void {
	test('in any interleaving of planning, claiming, retries, losses and crashes, a subject keeps its order and each message is sent once', async () => {
		let run = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
				run += 1;
				await new Interleaving(ledger, `run-${run}`).play(steps);
			}),
			{ numRuns: 40 },
		);
	});
}

class Interleaving {
	private seconds = 0;
	/** Claimed and not finished: by whom. */
	private readonly held = new Map<string, string>();
	private readonly planned = new Map<string, { subject: string; plannedFor: number }>();
	private readonly sent: string[] = [];
	private readonly open = new Set<string>();
	private readonly lost: string[] = [];

	constructor(
		private readonly ledger: TestLedger,
		private readonly run: string,
	) {}

	async play(steps: readonly Step[]): Promise<void> {
		for (const each of steps) await this.take(each);
		await this.finishAll();
		const finished = [...this.planned.keys()].filter((id) => !this.open.has(id));
		expect(new Set(finished).size).toBe(this.planned.size);
		expect(new Set(this.sent).size).toBe(this.sent.length);
	}

	private get now(): Date {
		return after(this.seconds * SECOND);
	}

	private async take(each: Step): Promise<void> {
		const { store } = this.ledger;
		switch (each.do) {
			case 'plan': {
				const subject = `${this.run}-${each.subject}`;
				const plannedFor = this.seconds + each.delayS;
				const [id = ''] = await this.ledger.plan([{ subject, dueAt: after(plannedFor * SECOND) }]);
				this.planned.set(id, { subject, plannedFor });
				this.open.add(id);
				return;
			}
			case 'claim':
				await this.claim(WORKERS[each.worker] ?? '', each.limit);
				return;
			case 'finish': {
				const [id, worker] = [...this.held][each.pick % Math.max(1, this.held.size)] ?? [];
				if (id !== undefined && worker !== undefined) await this.finish(id, worker, each.as);
				return;
			}
			case 'settle': {
				const id = this.lost.shift();
				if (id === undefined) return;
				await store.changeMessage(id, ['unknown'], { state: each.as, dueAt: this.now });
				if (each.as === 'sent') this.done(id);
				return;
			}
			case 'crash': {
				// recoverSending would also take what the other workers hold, and here they live on.
				for (const [id, worker] of this.held)
					if (worker === WORKERS[each.worker]) {
						await store.changeMessage(id, ['sending'], { state: 'unknown', dueAt: this.now });
						this.held.delete(id);
						this.lost.push(id);
					}
				return;
			}
			case 'wait':
				this.seconds += each.seconds;
		}
	}

	private async claim(worker: string, limit: number): Promise<number> {
		const claimed = await this.ledger.store.claimDue(this.now, limit, worker);
		expect(claimed.length).toBeLessThanOrEqual(limit);
		for (const { id, subject, dueAt } of claimed) {
			expect(dueAt.getTime()).toBeLessThanOrEqual(this.now.getTime());
			expect(this.held.has(id)).toBe(false);
			expect(this.sent).not.toContain(id);
			const own = this.planned.get(id);
			const before = [...this.open].filter((other) => {
				const its = this.planned.get(other);
				return (
					its && own && other !== id && its.subject === subject && isBefore(other, its.plannedFor, id, own.plannedFor)
				);
			});
			expect(before).toEqual([]);
			expect([...this.held.keys()].filter((other) => this.planned.get(other)?.subject === subject)).toEqual([]);
			this.held.set(id, worker);
		}
		return claimed.length;
	}

	private async finish(id: string, worker: string, as: 'sent' | 'retry' | 'lost' | 'held'): Promise<void> {
		const change = {
			sent: { state: 'sent' as const },
			retry: { state: 'waiting' as const, dueAt: after((this.seconds + 3) * SECOND) },
			lost: { state: 'unknown' as const, dueAt: this.now },
			held: { state: 'held' as const },
		}[as];
		expect(await this.ledger.store.finishAttempt(id, worker, attempt(), change)).toBe(true);
		this.held.delete(id);
		if (as === 'sent') this.done(id);
		if (as === 'held') this.open.delete(id);
		if (as === 'lost') this.lost.push(id);
	}

	private done(id: string): void {
		this.sent.push(id);
		this.open.delete(id);
	}

	/** Everything that is still under way goes out. */
	private async finishAll(): Promise<void> {
		this.seconds += 1000;
		for (let rounds = 0; this.open.size > 0; rounds += 1) {
			expect(rounds).toBeLessThan(200);
			while (this.lost.length > 0) await this.take({ do: 'settle', as: 'waiting' });
			await this.claim('one', 5);
			for (const [id, worker] of this.held) await this.finish(id, worker, 'sent');
		}
	}
}

const isBefore = (one: string, oneAt: number, other: string, otherAt: number): boolean =>
	oneAt < otherAt || (oneAt === otherAt && Number(one.slice(4)) < Number(other.slice(4)));
