/** How the command was called (run.mjs): which rounds, from which seed, and where their figures go. */
export interface Settings {
	seed: number;
	/** Part of a scenario's name. */
	only?: string;
	engine?: string;
	/** Instead of each scenario's own number. */
	rounds?: number;
	/** A folder; without it figures are not kept. */
	figures?: string;
}

export function readSettings(env: Record<string, string | undefined> = process.env): Settings {
	const text = (name: string) => (env[name] === '' ? undefined : env[name]);
	const [only, engine, figures] = [text('CHAOS_ONLY'), text('CHAOS_ENGINE'), text('CHAOS_FIGURES')];
	const rounds = text('CHAOS_ROUNDS');
	return {
		seed: Number(text('CHAOS_SEED') ?? Math.floor(Math.random() * 1_000_000)),
		...(only === undefined ? {} : { only: only.toLowerCase() }),
		...(engine === undefined ? {} : { engine: engine.toLowerCase() }),
		...(rounds === undefined ? {} : { rounds: Number(rounds) }),
		...(figures === undefined ? {} : { figures }),
	};
}
