import { setTimeout as wait } from 'node:timers/promises';
import { onDisk, onOwnServer, type Place } from './support/engines';
import { Disk } from './support/mounts';
import type { Random } from './support/random';
import { scenario } from './support/rounds';

scenario({
	name: 'store gone and back',
	rounds: { SQLite: 8, PostgreSQL: 12 },
	cannot: (engine) => (engine === 'SQLite' ? Disk.cannot() : undefined),
	place: (engine) => (engine === 'SQLite' ? onDisk(engine, 64) : onOwnServer()),
	round: async (world, random, seed) => {
		if (world.running.length === 0) await world.start();
		const { bridge } = world;
		await bridge.tell({ do: 'work' });
		const placed = [world.placeOrders(world.newOrders(6), undefined, 20)];
		await wait(random.between(5, 200));
		const back = await goAway(world.place, random, seed);
		placed.push(world.placeOrders(world.newOrders(6), undefined, 20));
		await wait(random.between(50, 500));
		// Some bridges do not live to see it again.
		const isKilled = random.chance(0.25);
		if (isKilled) bridge.signal('SIGKILL');
		await back();
		if (isKilled) {
			await bridge.ended;
			await (await world.start()).tell({ do: 'work' });
		}
		await Promise.all(placed);
		return 1;
	},
});

/** A disk that hangs; a server that is restarted, that crashes, that hangs. Answers what ends it. */
async function goAway({ disk, server }: Place, random: Random, seed: number): Promise<() => Promise<void>> {
	if (!server) {
		await disk?.freeze();
		return async () => disk?.thaw();
	}
	const how = (['fast', 'immediate', 'SIGSTOP'] as const)[seed % 3] ?? 'fast';
	if (how === 'SIGSTOP') {
		server.signal('SIGSTOP');
		return async () => {
			await wait(random.between(0, 1000));
			server.signal('SIGCONT');
		};
	}
	await server.stop(how);
	return () => server.resume();
}
