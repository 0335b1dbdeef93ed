/**
 * npm run test:chaos -- [--only <part of a scenario's name>] [--engine sqlite|postgresql] [--seed <number>] [--rounds <number>] [--write]
 * Runs the proof of docs/guarantees.md; --write writes its figures into the page. A failed round says how to run it alone.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { showFigures, writePage } from './page.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
	options: {
		only: { type: 'string', default: '' },
		engine: { type: 'string', default: '' },
		seed: { type: 'string', default: '' },
		rounds: { type: 'string', default: '' },
		write: { type: 'boolean', default: false },
	},
});
const seed = values.seed || String(Math.floor(Math.random() * 1_000_000));
const figures = mkdtempSync(join(tmpdir(), 'messlo-chaos-figures-'));
console.log(`Seed ${seed}`);
const started = Date.now();
const { status } = spawnSync(
	process.execPath,
	[join(root, 'node_modules/jest/bin/jest.js'), '-c', 'test/chaos/jest.config.js'],
	{
		cwd: root,
		stdio: 'inherit',
		env: {
			...process.env,
			CHAOS_SEED: seed,
			CHAOS_ONLY: values.only,
			CHAOS_ENGINE: values.engine,
			CHAOS_ROUNDS: values.rounds,
			CHAOS_FIGURES: figures,
		},
	},
);
const found = readdirSync(figures).map((file) => JSON.parse(readFileSync(join(figures, file), 'utf8')));
rmSync(figures, { recursive: true, force: true });
console.log(showFigures(found));
if (values.write && status === 0) writePage(root, found, { seed, minutes: (Date.now() - started) / 60_000 });
process.exit(status ?? 1);
