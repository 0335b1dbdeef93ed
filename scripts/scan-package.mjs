/**
 * The scan that n8n runs before it verifies a community package, as far as it goes without npm: over the sources and over
 * what `npm pack` makes of them. (On npm it first asks for provenance; .github/workflows/publish.yml gives that.) Build first.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scanner = new URL('../tools/n8n/node_modules/@n8n/scan-community-package/scanner/scanner.mjs', import.meta.url);
const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(scanner.href);

const folder = mkdtempSync(join(tmpdir(), 'messlo-scan-'));
try {
	const [{ filename }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--loglevel', 'error', '--pack-destination', folder], { cwd: root }),
	);
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
	const scans = {
		sources: await analyzePackage(root, SOURCE_FILE_PATTERNS),
		package: await analyzePackage(join(folder, 'package'), ['**/*.js', 'package.json']),
	};
	for (const [name, { passed, message = '', details = '' }] of Object.entries(scans)) {
		console.log(`${name}: ${passed ? 'passed' : 'FAILED'} ${message}`.trim());
		if (!passed) console.log(details);
	}
	process.exitCode = Object.values(scans).every(({ passed }) => passed) ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
