import type { Rooms } from './rooms';

/** Some 10 ms of the thread: shops are answered between two batches. */
const BATCH = 50;
const EVERY_MS = 3_600_000;
const SOON_MS = 200;

/** Forgets what is older than the configuration says, a batch at a time; answers when to go on. */
export async function forgetOld({ store, clock, config, log }: Rooms): Promise<Date> {
	if (!(await store.leads('forgetting'))) return new Date(clock.now().getTime() + EVERY_MS);
	const now = clock.now();
	const before = { documents: now, events: new Date(now.getTime() - config.retention.keep) };
	const removed = await store.prune(before, BATCH);
	const some = removed.events > 0 || removed.documents > 0;
	if (some) log.info({ stage: 'forgotten', ...removed });
	return new Date(clock.now().getTime() + (some ? SOON_MS : EVERY_MS));
}
