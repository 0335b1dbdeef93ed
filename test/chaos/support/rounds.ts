import type { EngineName } from './engines';
import { type Figures, keepFigures, noFigures } from './figures';
import { Random } from './random';
import { readSettings } from './settings';
import { World, type WorldOptions } from './world';

export interface Scenario extends WorldOptions {
	/** As docs/guarantees.md and `--only` call it. */
	name: string;
	/** How many rounds on each engine; an engine that is left out has no such fault. */
	rounds: Partial<Record<EngineName, number>>;
	/** Why it cannot run on this machine. */
	cannot?: (engine: EngineName) => string | undefined;
	/** Injects faults while webhooks are posted; says how many struck. It leaves a bridge running that can come to rest. */
	round: (world: World, random: Random, seed: number) => Promise<number>;
	/** What must not be held for a person, or left unsent: everything, unless said. */
	mayHold?: boolean;
	mayNotSend?: boolean;
	timeoutMs?: number;
}

const settings = readSettings();

/** Runs the rounds of a scenario on both engines, and after each looks for what must never be. */
export function scenario(given: Scenario): void {
	const { name } = given;
	describe.each(Object.entries(given.rounds) as [EngineName, number][])(`${name} on %s`, (engine, count) => {
		const wanted =
			(settings.only === undefined || name.toLowerCase().includes(settings.only)) &&
			(settings.engine === undefined || engine.toLowerCase() === settings.engine);
		const reason = wanted ? given.cannot?.(engine) : undefined;
		const figures = { ...noFigures(name, engine), ...(reason === undefined ? {} : { skipped: reason }) };
		if (!wanted || reason !== undefined) {
			test.skip(reason === undefined ? 'not asked for' : `skipped: ${reason}`, () => undefined);
			if (wanted) keepFigures(settings.figures, figures);
			return;
		}
		runRounds(given, engine, settings.rounds ?? count, figures);
	});
}

function runRounds(given: Scenario, engine: EngineName, count: number, figures: Figures): void {
	let world: World | undefined;
	let left: Figures = figures;
	const closeWorld = async () => {
		const closing = world;
		world = undefined;
		await closing?.close();
	};
	afterAll(async () => {
		await closeWorld();
		keepFigures(settings.figures, left);
	});

	const numbers = Array.from({ length: count }, (_, at) => ({ round: at + 1, seed: settings.seed + at }));
	test.each(numbers)(
		'round $round, seed $seed',
		async ({ seed }) => {
			const random = new Random(seed, given.name);
			world ??= await World.open(engine, given);
			const before = { ...world.totals };
			world.notes = [];
			try {
				const faults = await given.round(world, random, seed);
				await world.settle();
				const found = await world.findings();
				const { lost, twice, outOfOrder, lies, held, notSent } = found;
				left = {
					...left,
					rounds: left.rounds + 1,
					faults: left.faults + faults,
					acknowledged: left.acknowledged + world.acknowledged.size - before.acknowledged,
					sent: left.sent + found.sent - before.sent,
					held: left.held + held.length - before.held,
					notSent: left.notSent + notSent.length - before.notSent,
					lost: left.lost + lost.length,
					twice: left.twice + twice.length,
					outOfOrder: left.outOfOrder + outOfOrder.length,
					lies: left.lies + lies.length,
				};
				world.totals = {
					acknowledged: world.acknowledged.size,
					sent: found.sent,
					held: held.length,
					notSent: notSent.length,
				};
				expect({
					lost,
					twice,
					outOfOrder,
					lies,
					...(given.mayHold ? {} : { held }),
					...(given.mayNotSend ? {} : { notSent }),
				}).toEqual({
					lost: [],
					twice: [],
					outOfOrder: [],
					lies: [],
					...(given.mayHold ? {} : { held: [] }),
					...(given.mayNotSend ? {} : { notSent: [] }),
				});
				expect(faults).toBeGreaterThan(0);
			} catch (error) {
				const again = `npm run test:chaos -- --only '${given.name}' --engine ${engine} --seed ${seed} --rounds 1`;
				const said = [
					error instanceof Error ? error.message : String(error),
					again,
					...(world?.notes ?? []),
					world?.log() ?? '',
				];
				await closeWorld().catch((fault: unknown) => said.push(String(fault)));
				throw new Error(said.join('\n\n'), { cause: error });
			}
		},
		given.timeoutMs ?? 180_000,
	);
}
