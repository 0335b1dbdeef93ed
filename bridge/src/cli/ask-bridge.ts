import type { Config } from '../config/config';
import { reasonOf } from '../reason-of';
import { localAddress } from './local-address';

/** Asks the admin API of the bridge that runs on this machine; throws with its reason, or with what to do when it does not run. */
export async function askBridge<T>({ server }: Config, method: string, path: string): Promise<T> {
	const address = localAddress(server);
	const answer = await fetch(`${address}/api/v1${path}`, {
		method,
		headers: { authorization: `Bearer ${server.adminToken}` },
		signal: AbortSignal.timeout(60_000),
	}).catch((cause: unknown) => {
		throw new Error(
			`The bridge does not answer at ${address.slice('http://'.length)} (${reasonOf(cause)}). Start it, then run this again on the same machine.`,
			{ cause },
		);
	});
	const body = (await answer.json()) as T & { detail?: string };
	if (!answer.ok) throw new Error(body.detail ?? `The bridge answered ${answer.status}.`);
	return body;
}
