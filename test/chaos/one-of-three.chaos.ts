import { setTimeout as wait } from 'node:timers/promises';
import { control } from '../support/sandbox-control';
import { scenario } from './support/rounds';

/** Longer than a lease: others take over what a paused process has. */
const PAUSE_MS = 2_200;

scenario({
	name: 'one of three killed, one paused',
	rounds: { PostgreSQL: 10 },
	round: async (world, random) => {
		while (world.running.length < 3) await world.start();
		const [first, second, third] = random.shuffled(world.running);
		if (!first || !second || !third) throw new Error('three processes were started');
		await Promise.all(world.running.map((bridge) => bridge.tell({ do: 'work' })));
		await control(world.sandbox, 'faults', [{ operation: 'sendMessage', delayMs: 15, times: 60 }]);
		const placed = world.placeOrders(world.newOrders(18), undefined, 10);
		await wait(random.between(20, 300));
		await first.kill();
		await wait(random.between(0, 200));
		second.signal('SIGSTOP');
		// Time goes on for the third alone.
		for (let paused = 0; paused < PAUSE_MS; paused += 200) {
			await wait(200);
			await world.move(1000, [third]);
		}
		second.signal('SIGCONT');
		await world.move(0);
		await placed;
		await world.clearFaults();
		return 2;
	},
});
