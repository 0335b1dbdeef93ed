import { createHmac, createSecretKey } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Slots } from './slots';

/** The thread's other end: HMAC-SHA256 of each body with every key of its set. */
const { memory, keySets } = workerData as { memory: SharedArrayBuffer; keySets: readonly (readonly string[])[] };
const slots = new Slots(memory);
const keys = keySets.map((set) => set.map((secret) => createSecretKey(Buffer.from(secret))));
/** The main thread is told after so many, so that its answers do not wait for the end of a burst. */
const TELL_EVERY = 8;

parentPort?.postMessage('ready');
for (let done = 0, told = 0; ;) {
	const put = slots.waitForMore(done);
	while ((done | 0) !== put) {
		const { keySet, body } = slots.taken(done);
		keys[keySet]?.forEach((key, index) => {
			slots.writeMac(done, index, createHmac('sha256', key).update(body).digest());
		});
		done += 1;
		slots.finish(done);
		if (done - told < TELL_EVERY && (done | 0) !== put) continue;
		parentPort?.postMessage('done');
		told = done;
	}
}
