import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../..');
const pages = [
	...readdirSync(root).filter((name) => name.endsWith('.md')),
	...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md'));
const text = (page: string): string => readFileSync(join(root, page), 'utf8');

test('the tables of docs/ say what the code says: npx node scripts/write-docs.mjs', () => {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/write-docs.mjs', '--check'], {
		cwd: root,
		encoding: 'utf8',
	});
	expect({ status, stdout, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('every link and picture of the documentation leads somewhere', () => {
	const broken: string[] = [];
	for (const page of pages)
		for (const [, target = ''] of text(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)) {
			const [path = '', anchor] = target.split('#');
			if (/^[a-z]+:/.test(target)) continue;
			const file = path === '' ? join(root, page) : join(root, dirname(page), path);
			if (!existsSync(file)) broken.push(`${page}: ${target}`);
			else if (anchor !== undefined && !anchorsOf(file).includes(anchor)) broken.push(`${page}: ${target}`);
		}
	expect(broken).toEqual([]);
});

test('every file of the repository that the documentation names is there', () => {
	const folders = 'bench|bridge|catalog|contract|demo|docs|sandbox|scripts|templates|test';
	const named = new RegExp(`\`((?:${folders})/[\\w./-]+\\.(?:ts|mts|mjs|js|yaml|json|typ|md|svg))\``, 'g');
	const missing = pages.flatMap((page) =>
		[...text(page).matchAll(named)].flatMap(([, path = '']) =>
			existsSync(join(root, path)) || path.includes('/dist/') ? [] : [`${page}: ${path}`],
		),
	);
	expect(missing).toEqual([]);
});

/** GitHub's: small letters, no punctuation, a hyphen for a space. */
function anchorsOf(file: string): string[] {
	const headings = text(relative(root, file)).matchAll(/^#{1,6} (.+)$/gm);
	return [...headings].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.trim()
			.replaceAll(' ', '-'),
	);
}
