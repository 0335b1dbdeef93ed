import type { SourceActions, SourceRow } from '../dashboard/sources';
import type { SuppressionActions } from '../dashboard/suppressions';
import type { Journey } from '../journey';
import { mask } from '../phone';
import { REPLIES } from './replies/delivery';
import type { Rooms } from './rooms';

/** What a person may ask of sources and of the list of suppressions. */
export function sourceActions(
	{ config, store, clock, log }: Pick<Rooms, 'config' | 'store' | 'clock' | 'log'>,
	journey: Pick<Journey, 'feeds' | 'look'>,
): SourceActions & SuppressionActions {
	const configured = [
		...config.sources.map(({ id, kind }) => ({ id, kind: String(kind) })),
		{ id: REPLIES, kind: 'messlo' },
	];
	return {
		sources: async () => {
			const states = new Map((await journey.feeds()).map(({ source, ...state }) => [source, state]));
			return configured.map(({ id, kind }): SourceRow => ({ id, kind, feed: states.get(id) ?? null }));
		},
		look: (id) => (configured.some((source) => source.id === id) ? journey.look(id) : undefined),
		suppress: async (given) => {
			await store.suppress({ ...given, at: clock.now() });
			log.info({ stage: 'suppressed', to: mask(given.phone), scope: given.scope, reason: 'by hand' });
			return (await store.suppression(given.phone)) ?? { ...given, at: clock.now() };
		},
		unsuppress: async (phone) => {
			const done = await store.unsuppress(phone);
			if (done) log.info({ stage: 'unsuppressed', to: mask(phone), reason: 'by hand' });
			return done;
		},
	};
}
