/**
 * A thread beside Typst, which computes without a pause: only from here can the process see that it grew too large, or that the bridge
 * is gone and nobody waits for the document any more. Like worker.ts it runs unbuilt in tests.
 */
import { workerData } from 'node:worker_threads';

const LOOK_EVERY_MS = 25;
const { mostBytes, parent } = workerData as { mostBytes: number; parent: number };

setInterval(() => {
	if (process.memoryUsage.rss() > mostBytes || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, LOOK_EVERY_MS);
