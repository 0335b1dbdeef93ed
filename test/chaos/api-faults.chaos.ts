import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../../sandbox/src/faults';
import { HOUR, MINUTE, SECOND } from '../support/clock';
import { control } from '../support/sandbox-control';
import { scenario } from './support/rounds';
import type { World } from './support/world';

/** Longer than the bridge waits for an answer here. */
const TOO_LATE_MS = 450;

const HTML = '<!doctype html><title>Sign in</title>';
const TAKEN = '{"success":true,"message":"Message sent","data":{"_id":"6655';

/** Faults of one kind; several of them strike in a round. */
const FAULTS: Record<string, Fault[]> = {
	'slow answers': [{ delayMs: 120, times: 5 }],
	'answers too late': [{ delayMs: TOO_LATE_MS, times: 2 }],
	'reset before the message is taken': [{ reset: 'before', times: 3 }],
	'reset after the message is taken': [{ reset: 'after', times: 3 }],
	'answer cut off in the middle': [{ reset: 'during', times: 3 }],
	'gateway gives up, message taken': [{ status: 504, taken: true, times: 3 }],
	'gateway gives up, message not taken': [{ status: 502, body: 'Bad gateway', times: 3 }],
	'429 storm, seconds': [{ status: 429, retryAfter: 7, times: 8 }],
	'429 storm, a date': [{ status: 429, retryAfter: 'Fri, 20 Nov 2026 09:30:00 GMT', times: 4 }],
	'429 storm, no word': [{ status: 429, times: 6 }],
	'rate code of WhatsApp': [{ status: 400, body: { message: '(#130429) Rate limit hit' }, times: 4 }],
	'HTML with 200, message taken': [{ garbage: true, times: 2 }],
	'HTML with 200, message not taken': [{ status: 200, body: HTML, times: 2 }],
	'half of a JSON, message taken': [{ status: 200, body: TAKEN, taken: true, times: 2 }],
	'half of a JSON, message not taken': [{ status: 200, body: TAKEN, times: 2 }],
	'wrong types, message taken': [{ status: 200, body: ['ok'], taken: true, times: 2 }],
	'wrong types, message not taken': [{ status: 200, body: ['ok'], times: 2 }],
	'nothing with 200, message not taken': [{ status: 204, body: '', times: 2 }],
};

/** What a bridge that looks for a message may be told meanwhile: nothing of it is a thread without the message. */
const BLIND: Fault[] = [
	{ operation: 'listMessages', status: 503, times: 4 },
	{ operation: 'listMessages', status: 200, body: HTML, times: 4 },
	{ operation: 'listMessages', status: 200, body: { success: true, data: 'later' }, times: 4 },
	{ operation: 'listContacts', status: 200, body: HTML, times: 4 },
	{ operation: 'listContacts', reset: 'before', times: 4 },
];

const kinds = Object.keys(FAULTS);

scenario({
	name: 'faults of the API',
	rounds: { SQLite: 24, PostgreSQL: 24 },
	apiTimeoutMs: 300,
	round: async (world, random, seed) => {
		if (world.running.length === 0) await world.start();
		await world.bridge.tell({ do: 'work' });
		if (seed % 6 === 0) return awayForAnHour(world, seed % 12 === 0);
		// One kind for sure, so that each has its round, and a mix of others.
		const first = kinds[seed % kinds.length] ?? '';
		const chosen = [first, ...random.shuffled(kinds).slice(0, random.between(0, 3))];
		const faults = chosen.flatMap((kind) =>
			(FAULTS[kind] ?? []).map((fault) => ({ operation: 'sendMessage', ...fault })),
		);
		const blind = random.chance(0.5) ? [random.pick(BLIND)] : [];
		world.notes = [`Faults: ${[...chosen, ...blind.map((fault) => JSON.stringify(fault))].join(', ')}`];
		await control(world.sandbox, 'faults', [...random.shuffled(faults), ...blind]);
		const placed = world.placeOrders(world.newOrders(10), undefined, 5);
		for (let left = random.between(5, 15); left > 0; left -= 1) {
			await wait(40);
			await world.move(random.pick([SECOND, 5 * SECOND, MINUTE]));
		}
		await placed;
		await world.settle();
		await world.clearFaults();
		return struck(world);
	},
});

/** Nothing answers for an hour, in one of two ways; then everything does. */
async function awayForAnHour(world: World, refused: boolean): Promise<number> {
	await control(world.sandbox, 'faults', [{ ...(refused ? { reset: 'before' } : { status: 503 }), times: 'always' }]);
	const placed = world.placeOrders(world.newOrders(10), undefined, 5);
	for (let gone = 0; gone < HOUR; gone += 5 * MINUTE) {
		await wait(40);
		await world.move(5 * MINUTE);
	}
	await placed;
	const count = await struck(world);
	await world.clearFaults();
	return count;
}

/** How many requests since the last round got a fault for an answer. */
async function struck(world: World): Promise<number> {
	const requests = await control<{ fault?: unknown }[]>(world.sandbox, 'requests');
	const count = requests.filter(({ fault }) => fault !== undefined).length;
	const before = counted.get(world) ?? 0;
	counted.set(world, count);
	return count - before;
}
const counted = new WeakMap<World, number>();
