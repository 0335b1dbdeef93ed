const KEPT_MS = 60_000;
const MOST = 500;

/** Answers by key, asked for once however many want one at a time; good ones are kept for a minute, the newest of them. */
export class Remembered<Answer extends { ok: boolean }> {
	private readonly answers = new Map<string, { until: number; answer: Promise<Answer> }>();

	constructor(private readonly now: () => Date) {}

	get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
		const now = this.now().getTime();
		const known = this.answers.get(key);
		if (known && known.until > now) return known.answer;
		const asked = {
			until: now + KEPT_MS,
			answer: ask().then((answer) => {
				// What is mended is seen at once.
				if (!answer.ok && this.answers.get(key) === asked) this.answers.delete(key);
				return answer;
			}),
		};
		this.answers.delete(key);
		this.answers.set(key, asked);
		const [oldest] = this.answers.keys();
		if (this.answers.size > MOST && oldest !== undefined) this.answers.delete(oldest);
		return asked.answer;
	}
}
