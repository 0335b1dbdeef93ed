import type { Arm } from './support/bridge-process';
import type { Moment } from './support/gate';
import type { Random } from './support/random';
import { scenario } from './support/rounds';
import type { World } from './support/world';

type Step = { step: string; when: Arm['when'] } | { call: Moment } | { recovery: string; when: Arm['when'] };

const store = (step: string, ...whens: Arm['when'][]): Step[] => whens.map((when) => ({ step, when }));
const recovery = (step: string): Step[] => (['before', 'after'] as const).map((when) => ({ recovery: step, when }));

/** The journey, in its order: each method of the ledger that writes on it, what reads before a write, and the call to the API. */
const STEPS: Step[] = [
	...store('saveEvent', 'before', 'during', 'after'),
	...store('unplannedEvents', 'before', 'after'),
	...store('withdraw', 'before', 'after'),
	...store('planEvent', 'before', 'during', 'after'),
	...store('claimDue', 'before', 'during', 'after'),
	...store('saveDocument', 'before', 'after'),
	{ call: 'asked' },
	{ call: 'taken' },
	{ call: 'answered' },
	...store('finishAttempt', 'before', 'during', 'after'),
	...store('watchedDue', 'after'),
	...store('changeMessage', 'before', 'after'),
	...recovery('setting'),
	...recovery('recoverSending'),
	...recovery('unknownDue'),
	...recovery('changeMessage'),
];

scenario({
	name: 'kill -9 at every step',
	rounds: { SQLite: STEPS.length, PostgreSQL: STEPS.length },
	round: async (world, random, seed) => {
		const step = STEPS[seed % STEPS.length];
		if (!step) throw new Error('no steps');
		if (world.running.length === 0) await world.start();
		const { bridge } = world;
		const before = world.kills;
		if ('call' in step)
			world.gate.at(step.call, random.between(1, 6), () => {
				void bridge.kill();
				if (step.call === 'asked') throw new Error('it goes no further');
			});
		else if ('step' in step) await bridge.tell({ do: 'arm', arm: armed(step.step, step.when, random) });
		else world.gate.at('taken', random.between(1, 6), () => void bridge.kill());
		await bridge.tell({ do: 'work' });
		const placed = world.placeOrders(world.newOrders(6, true));
		await killed(world, before, step);
		if ('recovery' in step) {
			const next = await world.start({ arm: { step: step.recovery, when: step.when, nth: 1 } });
			await next.tell({ do: 'work' }).catch(() => undefined);
			await killed(world, before + 1, step);
		}
		if (world.running.length === 0) await world.start();
		await world.bridge.tell({ do: 'work' });
		await placed;
		return world.kills - before;
	},
});

/** One call serves many messages, or only one order needs it. */
const FEW = ['saveDocument', 'withdraw', 'claimDue'];

/** Whichever call it is, of those that a few orders make. */
const armed = (step: string, when: Arm['when'], random: Random): Arm => ({
	step,
	when,
	nth: FEW.includes(step) ? 1 : random.between(1, 6),
});

/** Time passes until the process has come to its step. */
async function killed(world: World, before: number, step: Step): Promise<void> {
	for (const until = performance.now() + 15_000; world.kills <= before;) {
		if (performance.now() > until)
			throw new Error(`${JSON.stringify(step)} was never reached: the journey takes another way now`);
		await world.move(1000).catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
