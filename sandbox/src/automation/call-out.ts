import type { OutgoingCall } from '../state';
import type { World } from '../world';

const TIMEOUT_MS = 10_000;

/** Calls an address of the user, once; what came of it is kept, and seen at `GET /__sandbox/calls`. */
export async function callOut(
	world: World,
	request: Pick<OutgoingCall, 'method' | 'url' | 'headers' | 'body'>,
): Promise<OutgoingCall> {
	const call: OutgoingCall = { at: world.clock.now().toISOString(), ...request };
	world.state.calls.push(call);
	const { method, url, headers, body } = request;
	try {
		const hasBody = method !== 'GET' && method !== 'HEAD';
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		const response = await fetch(url, { method, headers, signal, ...(hasBody && { body }) });
		await response.arrayBuffer();
		call.status = response.status;
		if (!response.ok) call.problem = `answered ${response.status}`;
	} catch (error) {
		call.problem = String(error instanceof Error ? (error.cause ?? error) : error);
	}
	return call;
}
