/**
 * Every figure of docs/benchmarks.md, one bench after the other, and the page itself: `npm run bench`, some forty minutes on a
 * machine with nothing else to do. `node bench/all.mts --quick` takes small sizes: to see that all of it runs, not for the page.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		/** Some of them: `--only ack,deliver`. */
		only: { type: 'string', default: 'ack,deliver,scale,rivals' },
	},
});
const QUICK: Record<string, string[]> = {
	ack: ['--pairs', '1', '--seconds', '1', '--storm', '0'],
	deliver: ['--pairs', '1', '--orders', '500', '--waiting', '5000'],
	scale: ['--pairs', '1', '--slow', '100', '--fast', '300', '--seconds', '1'],
	rivals: ['--pairs', '1', '--seconds', '3', '--kills', '1'],
};

const folder = values.quick ? mkdtempSync(join(tmpdir(), 'messlo-bench-')) : undefined;

function run(script: string, args: readonly string[] = []): boolean {
	console.log(`\n${script} ${args.join(' ')}`);
	// Test helpers are shared with jest, which reads them as CommonJS.
	const flags = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];
	const started = performance.now();
	const file = join(import.meta.dirname, `${script}.mts`);
	const env = { ...process.env, ...(folder === undefined ? {} : { BENCH_QUICK: folder }) };
	const { status } = spawnSync(process.execPath, [...flags, file, ...args], { stdio: 'inherit', env });
	console.log(`${script}: ${((performance.now() - started) / 60_000).toFixed(1)} min`);
	return status === 0;
}

const failed = values.only.split(',').filter((bench) => !run(bench, values.quick ? QUICK[bench] : []));
run('page');
if (failed.length > 0) {
	console.error(`\nNot measured: ${failed.join(', ')}. The page shows their figures of an earlier run.`);
	process.exitCode = 1;
}
