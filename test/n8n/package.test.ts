import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from './support/pack.ts';

const root = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown> & {
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
	publishConfig: unknown;
};
const sources = (pattern: string): string[] => globSync(pattern, { cwd: root }).sort();
const built = (source: string): string => `dist/${source.replace(/\.ts$/, '.js')}`;

const { files, tarball } = pack(root);

test('what is packed is the built nodes, their icons and the catalogue, and nothing else', () => {
	const catalog = sources('catalog/*.ts').filter((file) => file !== 'catalog/table.ts');
	const expected = [...sources('nodes/**/*.*'), ...sources('credentials/*.ts'), ...catalog].map(built);
	expect(files).toEqual([...expected, 'LICENSE', 'README.md', 'package.json'].sort());
});

test('it is small, and has no dependencies of its own', () => {
	expect(tarball.length).toBeLessThan(150_000);
	for (const key of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides'])
		expect(manifest).not.toHaveProperty(key);
	expect(manifest['peerDependencies']).toEqual({ 'n8n-workflow': '*' });
});

test('every node and credential is registered', () => {
	expect([...manifest.n8n.nodes].sort()).toEqual(sources('nodes/*/*.node.ts').map(built));
	expect([...manifest.n8n.credentials].sort()).toEqual(sources('credentials/*.credentials.ts').map(built));
});

test('every node has its codex file, under the name that n8n will look for', () => {
	for (const node of sources('nodes/*/*.node.ts')) {
		const codex = JSON.parse(readFileSync(join(root, node.replace(/\.ts$/, '.json')), 'utf8')) as { node: string };
		expect(codex.node).toMatch(/^n8n-nodes-messlo\.[a-z]\w+$/);
	}
});

test('no install script runs on a user’s machine, and nobody publishes without provenance', () => {
	const scripts = Object.keys(manifest['scripts'] ?? {});
	expect(scripts.filter((name) => /^(pre|post)?(install|prepare|publish)(Only)?$|^prepack$/.test(name))).toEqual([]);
	expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
	expect(readFileSync(join(root, '.github/workflows/publish.yml'), 'utf8')).toContain('id-token: write');
});

test('n8n’s scan of community packages passes, over the sources and over the package', () => {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/scan-package.mjs'], {
		cwd: root,
		encoding: 'utf8',
		// Under NODE_ENV=test n8n's rules take every file for a node, a trigger and a credential at once.
		env: { ...process.env, NODE_ENV: 'production' },
	});
	expect(`${stdout}${stderr}`).toBe('sources: passed\npackage: passed\n');
	expect(status).toBe(0);
}, 120_000);
