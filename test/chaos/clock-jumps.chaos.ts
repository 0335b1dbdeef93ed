import { setTimeout as wait } from 'node:timers/promises';
import { DAY, HOUR, MINUTE, SECOND } from '../support/clock';
import { control } from '../support/sandbox-control';
import { scenario } from './support/rounds';

const JUMPS = [-2 * DAY, -DAY, -HOUR, -10 * MINUTE, -5 * SECOND, 5 * SECOND, 10 * MINUTE, HOUR, DAY, 2 * DAY];

/** The bridge's clock alone: that of the API goes on as it did, and half of the calls get no answer. */
scenario({
	name: 'clock jumps forward and back',
	rounds: { SQLite: 10, PostgreSQL: 10 },
	// Who cannot know whether a message arrived asks a person.
	mayHold: true,
	round: async (world, random) => {
		if (world.running.length === 0) await world.start();
		await world.bridge.tell({ do: 'work' });
		await control(world.sandbox, 'faults', [
			{ operation: 'sendMessage', reset: 'after', times: 3 },
			{ operation: 'sendMessage', reset: 'before', times: 2 },
			{ operation: 'sendMessage', status: 504, taken: true, times: 2 },
			{ operation: 'sendMessage', status: 503, times: 2 },
		]);
		const placed = world.placeOrders(world.newOrders(10), undefined, 15);
		const jumps = Array.from({ length: random.between(2, 5) }, () => random.pick(JUMPS));
		world.notes.push(`Jumps, in seconds: ${jumps.map((ms) => ms / SECOND).join(', ')}`);
		for (const jump of jumps) {
			await wait(random.between(20, 120));
			await world.jump(jump);
		}
		await placed;
		await world.settle();
		await world.clearFaults();
		return jumps.length;
	},
});
