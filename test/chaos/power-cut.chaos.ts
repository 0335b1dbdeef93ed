import { setTimeout as wait } from 'node:timers/promises';
import { onDisk, processesOf } from './support/engines';
import { Disk } from './support/mounts';
import { scenario } from './support/rounds';

scenario({
	name: 'power cut',
	rounds: { SQLite: 12, PostgreSQL: 8 },
	cannot: () => Disk.cannot(),
	place: (engine) => onDisk(engine, engine === 'SQLite' ? 64 : 256),
	round: async (world, random) => {
		const { disk, server } = world.place;
		if (!disk) throw new Error('this ledger is on no disk of its own');
		if (world.running.length === 0) await world.start();
		const { bridge } = world;
		await bridge.tell({ do: 'work' });
		const placed = world.placeOrders(world.newOrders(12), undefined, 15);
		await wait(random.between(5, 400));
		const processes = server ? processesOf(server) : [];
		await disk.cutPower();
		// A machine without power answers nobody; what it has acknowledged until now it must know again.
		await wait(random.between(0, 50));
		await bridge.kill();
		for (const pid of processes) kill(pid);
		await disk.remount();
		await server?.resume();
		const next = await world.start();
		await next.tell({ do: 'work' });
		await placed;
		return 1;
	},
});

function kill(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended by itself: its disk was gone.
	}
}
