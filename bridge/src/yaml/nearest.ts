/** The candidate that a person most likely meant by `word`; undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
	const scored = candidates
		.map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
		.sort((a, b) => a.distance - b.distance);
	const best = scored[0];
	if (!best) return undefined;
	return best.distance <= Math.max(1, Math.floor(Math.max(word.length, best.candidate.length) / 3))
		? best.candidate
		: undefined;
}

/** "Did you mean 'order'?" or, when nothing is close, the whole choice. */
export function suggest(word: string, candidates: readonly string[]): string {
	const meant = nearest(word, candidates);
	return meant === undefined ? `use one of: ${candidates.join(', ')}` : `did you mean '${meant}'?`;
}

/** Edits, with two neighbouring letters swapped counted as one (optimal string alignment). */
function distance(a: string, b: string): number {
	const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
	const cell = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		rows.push(row);
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			const swapped =
				i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Infinity;
			row.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + same, swapped));
		}
	}
	return cell(a.length, b.length);
}
