import type { Rooms } from './rooms';

/** What a process was sending when it stopped may have arrived: it is told apart, and its thread is read before anything is sent again. */
export async function takeOver({ store, worker, clock, log }: Rooms): Promise<boolean> {
	const messages = await store.recoverSending(worker, clock.now());
	if (messages > 0)
		log.warn(
			{ stage: 'recovered', messages },
			'Messages were being sent when a bridge last stopped; their threads are read first',
		);
	return messages > 0;
}
