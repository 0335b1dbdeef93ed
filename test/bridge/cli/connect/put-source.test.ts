import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { putSource, sourcesIn } from '../../../../bridge/src/cli/connect/put-source';

const example = readFileSync(join(__dirname, '../../../../messlo-bridge.example.yaml'), 'utf8');
const boutique = { id: 'boutique', kind: 'woocommerce', url: 'https://b.example', secrets: ['${BOUTIQUE_SECRET}'] };

/** What a change took away and what it put there, line by line. */
function changes(before: string, after: string): { gone: string[]; come: string[] } {
	const [old, now] = [before.split('\n'), after.split('\n')];
	return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}

test('a new source comes after the last one and what is commented out in it; no other line changes', () => {
	const after = putSource(example, boutique);
	expect(changes(example, after)).toEqual({
		gone: [],
		come: [
			'  - id: boutique',
			'    kind: woocommerce',
			'    url: https://b.example',
			"    secrets: ['${BOUTIQUE_SECRET}']",
		],
	});
	const lines = after.split('\n');
	const acme = lines.findIndex((line) => line.startsWith('  - id: acme'));
	const ours = lines.indexOf('  - id: boutique');
	expect(lines.slice(acme + 1, ours).every((line) => line.startsWith('    '))).toBe(true);
	expect(lines[ours - 1]).toMatch(/^ {4}# /);
});

test('a source that is there is changed key by key: its comments and its other keys stay', () => {
	const text = [
		'sources:',
		'  - id: acme # the shop',
		"    secrets: ['${OLD}'] # several while you rotate them",
		'    # about the token',
		'    adminToken: "${TOKEN}"',
		'    testOrders: true',
		'# the end',
		'',
	].join('\n');
	const after = putSource(text, {
		id: 'acme',
		secrets: ['${OLD}', '${NEW}'],
		adminToken: undefined,
		clientId: 'abc',
	});
	expect(after.split('\n')).toEqual([
		'sources:',
		'  - id: acme # the shop',
		"    secrets: ['${OLD}', '${NEW}'] # several while you rotate them",
		'    # about the token',
		'    testOrders: true',
		'    clientId: abc',
		'# the end',
		'',
	]);
});

test.each([
	['flow list', 'sources: [{ id: a, kind: shopify }] # all\nb: 1\n'],
	['flow list over lines, comma at the end', 'sources: [\n  { id: a, kind: shopify }, # first\n]\nb: 1\n'],
	['list at the margin', 'sources:\n- id: a\n  secrets:\n    - x\n    # - y\n- kind: shopify\n  id: c\nb: 1\n'],
	['empty list', 'a: 1\nsources: []\nb: 1\n'],
	['nothing after the key', 'a: 1\nsources:\nb: 1\n'],
	['no such key', 'a: 1 # one\n'],
	['no line break at the end', 'sources:\n  - id: a'],
	['an empty file', ''],
])('%s: the source is added and can be changed again', (_, text) => {
	const added = putSource(text, boutique);
	expect(sourcesIn(added)).toEqual([...sourcesIn(text), boutique]);
	const changed = putSource(added, { id: 'boutique', url: 'https://c.example', kind: undefined, name: 'B: "x"' });
	const { kind: _kind, ...rest } = boutique;
	expect(sourcesIn(changed).at(-1)).toEqual({ ...rest, url: 'https://c.example', name: 'B: "x"' });
	for (const comment of text.match(/# .*/g) ?? []) expect(changed).toContain(comment);
});

test('any sources, in any style of YAML: only the one named changes', () => {
	const words = fc.string({ minLength: 1, maxLength: 12 });
	const value = fc.oneof(words, fc.boolean(), fc.integer(), fc.array(words, { minLength: 1, maxLength: 3 }));
	const key = fc.stringMatching(/^[a-z][a-zA-Z]{0,6}$/).filter((name) => name !== 'id');
	const source = fc
		.tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/), fc.dictionary(key, value, { maxKeys: 4 }))
		.map(([id, rest]) => ({ ...rest, id }));
	// The yaml package prints an empty list below its key at the margin, which is not YAML.
	const list = fc.uniqueArray(source, { selector: ({ id }) => id, minLength: 1, maxLength: 4 });
	const style = fc.record({
		flow: fc.boolean(),
		indentSeq: fc.boolean(),
		indent: fc.constantFrom(2, 4),
	});
	fc.assert(
		fc.property(list, source, style, (sources, put, { flow, ...options }) => {
			const written = flow
				? `sources: ${stringify(sources, { ...options, collectionStyle: 'flow' })}`
				: stringify({ sources }, options);
			const text = `# top\nfirst: 1 # one\n${written}last: [x] # two\n`;
			const after = putSource(text, { ...put });
			const kept = sources.filter(({ id }) => id !== put.id);
			const all = sourcesIn(after);
			expect(all.filter(({ id }) => id !== put.id)).toEqual(kept);
			expect(all.find(({ id }) => id === put.id)).toEqual({ ...sources.find(({ id }) => id === put.id), ...put });
			expect(parse(after)).toMatchObject({ first: 1, last: ['x'] });
			expect(after).toMatch(/^# top\nfirst: 1 # one\n[^]*last: \[x\] # two\n/);
		}),
		{ numRuns: 300 },
	);
});
