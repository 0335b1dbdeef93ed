import { digestOf, SeenKeys } from '../../../bridge/src/store/sqlite/intake/seen-keys';

const keys = (count: number): string[] => Array.from({ length: count }, (_, n) => `o${n}`);

// What bench/ack found: of 40,000 keys that wait two had one digest of 32 bits, and all that waited was moved before a shop was answered.
test('of 200,000 keys that differ in a digit, a source or a kind no two share a digest', () => {
	const digests = keys(50_000).flatMap((key) => [
		digestOf('d', 'a', key),
		digestOf('e', 'a', key),
		digestOf('d', 'b', key),
		digestOf('e', 'b', key),
	]);
	expect(new Set(digests).size).toBe(200_000);
	expect(digests.every(Number.isSafeInteger)).toBe(true);
});

test('what was seen may be there; of what was not, almost nothing', () => {
	const seen = new SeenKeys();
	const digests = keys(20_000).map((key) => digestOf('d', 'a', key));
	for (const digest of digests) seen.add(digest);
	expect(digests.every((digest) => seen.mayHold(digest))).toBe(true);
	const others = keys(20_000).filter((key) => seen.mayHold(digestOf('e', 'a', key)));
	expect(others.length).toBeLessThan(200);
});
