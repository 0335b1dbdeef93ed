import { setTimeout as wait } from 'node:timers/promises';
import { control } from '../support/sandbox-control';
import { scenario } from './support/rounds';

scenario({
	name: 'kill -9 at any moment',
	rounds: { SQLite: 15, PostgreSQL: 15 },
	round: async (world, random) => {
		// The loops run as in production; the one before has come to rest and ends in peace.
		for (const bridge of world.running) {
			await bridge.tell({ do: 'stop' });
			expect(await bridge.ended).toBe('0');
		}
		const bridge = await world.start({ run: true });
		// Taken at once and answered late: the moment at which a kill hurts most.
		await control(world.sandbox, 'faults', [{ operation: 'sendMessage', delayMs: 20, times: 'always' }]);
		const before = world.kills;
		const placed = world.placeOrders(world.newOrders(12), undefined, 20);
		await wait(random.between(10, 500));
		await bridge.kill();
		await world.clearFaults();
		const next = await world.start();
		await next.tell({ do: 'work' });
		await placed;
		return world.kills - before;
	},
});
