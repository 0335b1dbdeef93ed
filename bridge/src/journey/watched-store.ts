import type { Store } from '../store/store';

/** The same ledger, which remembers whether a call of it failed: that is no fault of what was being done, and is tried again. */
export function watchedStore(store: Store): { store: Store; failed: () => boolean } {
	let failed = false;
	const watched = new Proxy(store, {
		get: (target, key) => {
			const value: unknown = Reflect.get(target, key);
			if (typeof value !== 'function') return value;
			return (...given: unknown[]): unknown => {
				const answer: unknown = Reflect.apply(value, target, given);
				if (answer instanceof Promise)
					answer.catch(() => {
						failed = true;
					});
				return answer;
			};
		},
	});
	return { store: watched, failed: () => failed };
}
