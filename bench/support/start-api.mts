import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ApiQuestion, ApiReport } from './api.mts';

export interface Api {
	url: string;
	ask(question?: ApiQuestion): Promise<ApiReport>;
	/** Until messages of so many orders were taken; an error with what is missing when there is no progress for `patienceMs`. */
	until(orders: number, patienceMs?: number): Promise<ApiReport>;
	stop(): void;
}

/** The API of the benches as a process of its own. */
export async function startApi(latencyMs: number): Promise<Api> {
	const child = fork(join(import.meta.dirname, 'api.mts'), [String(latencyMs)], { execArgv: [] });
	const [port] = (await once(child, 'message')) as [number];
	const ask = async (question: ApiQuestion = {}): Promise<ApiReport> => {
		child.send(question);
		return ((await once(child, 'message')) as [ApiReport])[0];
	};
	return {
		url: `http://127.0.0.1:${port}`,
		ask,
		until: async (orders, patienceMs = 30_000) => {
			let [seen, since] = [-1, performance.now()];
			for (;;) {
				const report = await ask();
				if (report.orders >= orders) return report;
				if (report.orders > seen) [seen, since] = [report.orders, performance.now()];
				else if (performance.now() - since > patienceMs)
					throw new Error(`Of ${orders} messages ${seen} came, and none for ${patienceMs / 1000} s.`);
				await new Promise((wait) => setTimeout(wait, 20));
			}
		},
		stop: () => child.kill(),
	};
}
