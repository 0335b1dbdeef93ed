import { setTimeout as wait } from 'node:timers/promises';
import { onDisk, revive } from './support/engines';
import { Disk } from './support/mounts';
import { scenario } from './support/rounds';

scenario({
	name: 'disk full',
	rounds: { SQLite: 8, PostgreSQL: 4 },
	cannot: () => Disk.cannot(),
	// Large enough for what all rounds leave there.
	place: (engine) => onDisk(engine, 160),
	round: async (world, random) => {
		const { disk, server } = world.place;
		if (!disk) throw new Error('this ledger is on no disk of its own');
		if (world.running.length === 0) await world.start();
		const { bridge } = world;
		await bridge.tell({ do: 'work' });
		const placed = [world.placeOrders(world.newOrders(8), undefined, 15)];
		await wait(random.between(5, 200));
		await disk.fill();
		const { refused } = world;
		placed.push(world.placeOrders(world.newOrders(10)));
		await wait(random.between(100, 400));
		// The shop was told 503, and sends again; a bridge that is killed in the middle starts when there is room.
		const isFull = () => world.refused > refused || bridge.log(500).includes('No space left');
		// PostgreSQL writes into what it has for a while.
		for (let tries = 0; !isFull() && tries < 25; tries += 1) {
			placed.push(world.placeOrders(world.newOrders(8)));
			await wait(150);
		}
		expect(isFull()).toBe(true);
		if (random.chance(0.4)) await bridge.kill();
		await disk.empty();
		if (server) await revive(server);
		if (world.running.length === 0) await (await world.start()).tell({ do: 'work' });
		await Promise.all(placed);
		return 1;
	},
});
