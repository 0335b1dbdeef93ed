import { digestOf, SeenKeys } from '../../../bridge/src/store/sqlite/intake/seen-keys';

const KINDS = ['d', 'e'];
const SOURCES = ['acme', 'boutique'];
const keys = Array.from(
	{ length: 100_000 },
	(_, n) => `orders/create 82098253${n.toString().padStart(6, '0')} 2026-11-23`,
);

// What bench/ack found: of 40,000 keys that wait two had one digest of 32 bits, and all that waited was moved before a shop was answered.
test('of 400,000 keys that differ in a digit, a source or a kind no two share a digest', () => {
	const digests = KINDS.flatMap((kind) => SOURCES.flatMap((source) => keys.map((key) => digestOf(kind, source, key))));
	expect(new Set(digests).size).toBe(digests.length);
	expect(digests.every(Number.isSafeInteger)).toBe(true);
});

test('what was seen may be there; of what was not, almost nothing', () => {
	const seen = new SeenKeys();
	const digests = keys.map((key) => digestOf('d', 'acme', key));
	for (const digest of digests) seen.add(digest);
	expect(digests.every((digest) => seen.mayHold(digest))).toBe(true);
	const others = keys.filter((key) => seen.mayHold(digestOf('e', 'acme', key)));
	expect(others.length).toBeLessThan(keys.length / 100);
});
