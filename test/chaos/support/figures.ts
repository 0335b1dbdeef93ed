import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName } from './engines';

/** What a scenario did on one engine: a row of docs/guarantees.md. */
export interface Figures {
	scenario: string;
	engine: EngineName;
	rounds: number;
	acknowledged: number;
	sent: number;
	/** Faults of the scenario's kind that struck: kills, power cuts, stopped servers … */
	faults: number;
	lost: number;
	twice: number;
	outOfOrder: number;
	lies: number;
	/** For a person to decide. */
	held: number;
	/** Rightly, and the ledger says why. */
	notSent: number;
	/** Why it did not run. */
	skipped?: string;
}

export const noFigures = (scenario: string, engine: EngineName): Figures => ({
	scenario,
	engine,
	rounds: 0,
	acknowledged: 0,
	sent: 0,
	faults: 0,
	lost: 0,
	twice: 0,
	outOfOrder: 0,
	lies: 0,
	held: 0,
	notSent: 0,
});

/** Leaves them for the command, which writes the page when all scenarios have ended. */
export function keepFigures(folder: string | undefined, figures: Figures): void {
	if (folder === undefined) return;
	mkdirSync(folder, { recursive: true });
	const file = `${figures.scenario} ${figures.engine}.json`.replace(/[^\w.-]+/g, '-');
	writeFileSync(join(folder, file), JSON.stringify(figures));
}
