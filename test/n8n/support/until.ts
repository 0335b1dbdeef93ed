/** Asks again until there is an answer; an error that says what was waited for when there is none in time. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, longestMs = 30_000): Promise<T> {
	const end = Date.now() + longestMs;
	for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(`Waited ${longestMs / 1000} s in vain for ${what}.`);
		await new Promise((wait) => setTimeout(wait, pauseMs));
	}
}
