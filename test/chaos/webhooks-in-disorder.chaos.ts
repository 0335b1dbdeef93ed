import { setTimeout as wait } from 'node:timers/promises';
import { DAY, HOUR, MINUTE } from '../support/clock';
import { AS_IT_COMES } from './support/check';
import { KINDS, webhook } from './support/orders';
import { scenario } from './support/rounds';

/** Each webhook up to three times, in any order, from both shops at once; some come a day late. */
scenario({
	name: 'webhooks twice, out of order, a day late',
	rounds: { SQLite: 15, PostgreSQL: 15 },
	// What happened before something that was told already is told no more.
	mayNotSend: true,
	ranks: AS_IT_COMES,
	round: async (world, random) => {
		if (world.running.length === 0) await world.start();
		await world.bridge.tell({ do: 'work' });
		const orders = world.newOrders(12);
		const all = orders.flatMap((order) => KINDS.map((kind) => webhook(order, kind)));
		const copies = all.flatMap((sent) => Array.from({ length: random.between(1, 3) }, () => sent));
		const mixed = random.shuffled(copies);
		const late = mixed.splice(0, Math.floor(mixed.length / 4));
		const storm = async (webhooks: typeof mixed) => {
			for (let at = 0; at < webhooks.length; at += 6) {
				await Promise.all(webhooks.slice(at, at + 6).map((sent) => world.postUntilTaken(sent)));
				if (random.chance(0.3)) await wait(random.between(1, 30));
				if (random.chance(0.2)) await world.move(random.pick([MINUTE, HOUR]));
			}
		};
		await storm(mixed);
		if (random.chance(0.7)) await world.settle();
		await world.bridge.tell({ do: 'work' });
		await world.move(DAY);
		await storm(late);
		return copies.length - all.length + late.length;
	},
});
