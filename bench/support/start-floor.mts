import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SECRET } from './webhooks.mts';

/** The floor (floor.mts) as a process of its own, writing into this folder. */
export async function startFloor(folder: string): Promise<{ port: number; pid: number; stop(): void }> {
	const child = fork(join(import.meta.dirname, 'floor.mts'), [join(folder, 'floor.log'), SECRET], { execArgv: [] });
	const [port] = (await once(child, 'message')) as [number];
	return { port, pid: child.pid ?? 0, stop: () => child.kill() };
}
