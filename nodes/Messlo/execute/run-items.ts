export interface Batches {
	/** How many are worked on at a time. */
	atOnce: number;
	/** Items of a batch; all in one when absent. */
	size?: number;
	/** Between batches. */
	intervalMs: number;
}

/**
 * Works on items 0 to count - 1, several at a time, and gives the results in their order.
 * After a failure no further item is begun; those under way end first, then the earliest failure is thrown.
 */
export async function runItems<Result>(
	count: number,
	{ atOnce, size = count, intervalMs }: Batches,
	work: (index: number) => Promise<Result>,
	sleep: (ms: number) => Promise<void>,
): Promise<Result[]> {
	const results: Result[] = [];
	const failures: { index: number; error: unknown }[] = [];
	for (let start = 0; start < count && failures.length === 0; start += size) {
		if (start > 0 && intervalMs > 0) await sleep(intervalMs);
		const end = Math.min(start + size, count);
		let next = start;
		const worker = async () => {
			while (next < end && failures.length === 0) {
				const index = next;
				next += 1;
				try {
					results[index] = await work(index);
				} catch (error) {
					failures.push({ index, error });
				}
			}
		};
		await Promise.all(Array.from({ length: Math.min(atOnce, end - start) }, worker));
	}
	const [first] = failures.toSorted((a, b) => a.index - b.index);
	if (first) throw first.error;
	return results;
}
