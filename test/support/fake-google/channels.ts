import type { TestClock } from '../clock';
import type { FakeAnswer } from './server';

export interface FakeChannel {
	id: string;
	token?: string;
	resourceId: string;
	resource: string;
	resourceUri: string;
	address: string;
	expiresAt: number;
	/** Number of the last notification. */
	sent: number;
}

/** Push channels as Calendar and Drive have them: unsigned posts with X-Goog-* headers, until the channel ends or is stopped. */
export type FakeChannels = ReturnType<typeof createChannels>;

const refused = (status: number, reason: string, message: string): FakeAnswer => ({
	status,
	body: { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } },
});

/** `longestMs`: how long a channel may live (Calendar a week, Drive a day); `usualMs`: when the request does not say. */
export function createChannels(clock: TestClock, { longestMs, usualMs }: { longestMs: number; usualMs: number }) {
	const channels: FakeChannel[] = [];
	const stopped: string[] = [];
	/** Where posts to the public https address really go: the URL of the bridge under test. */
	let target: string | undefined;
	let lost = false;
	const now = () => clock.now().getTime();
	const alive = (resource?: string) =>
		channels.filter((each) => each.expiresAt > now() && (resource === undefined || each.resource === resource));

	async function post(channel: FakeChannel, state: string, headers: Record<string, string> = {}): Promise<number> {
		channel.sent += state === 'sync' ? 1 : 1 + (channel.sent % 3);
		if (lost || target === undefined) return 0;
		const { pathname, search } = new URL(channel.address);
		const answer = await fetch(new URL(pathname + search, target), {
			method: 'POST',
			headers: {
				'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
				'x-goog-channel-id': channel.id,
				...(channel.token === undefined ? {} : { 'x-goog-channel-token': channel.token }),
				'x-goog-channel-expiration': new Date(channel.expiresAt).toUTCString(),
				'x-goog-resource-id': channel.resourceId,
				'x-goog-resource-uri': channel.resourceUri,
				'x-goog-resource-state': state,
				'x-goog-message-number': String(channel.sent),
				...headers,
			},
		});
		await answer.arrayBuffer();
		return answer.status;
	}

	return {
		/** Answers a watch request for a resource. */
		watch: (resource: string, resourceUri: string, body: unknown): FakeAnswer => {
			const { id, type, address, token, params } = Object(body) as Record<string, unknown>;
			if (type !== 'web_hook') return refused(400, 'invalid', 'Unknown channel type');
			if (typeof id !== 'string' || !/^[\w\-+/=]{1,64}$/.test(id))
				return refused(400, 'channelIdInvalid', 'Channel id is not valid');
			if (channels.some((each) => each.id === id))
				return refused(400, 'channelIdNotUnique', `Channel id ${id} not unique`);
			if (typeof address !== 'string' || !address.startsWith('https://'))
				return refused(400, 'push.webhookUrlNotHttps', `WebHook callback must be HTTPS: ${String(address)}`);
			const ttl = Number(Object(params)['ttl'] ?? usualMs / 1000) * 1000;
			const channel: FakeChannel = {
				id,
				...(typeof token === 'string' ? { token } : {}),
				resource,
				resourceId: `res-${Buffer.from(resource).toString('base64url').slice(0, 20)}`,
				resourceUri,
				address,
				expiresAt: now() + Math.min(ttl, longestMs),
				sent: 0,
			};
			channels.push(channel);
			// The sync message goes out by itself and does not wait for the answer.
			void post(channel, 'sync').catch(() => undefined);
			return {
				status: 200,
				body: {
					kind: 'api#channel',
					id,
					resourceId: channel.resourceId,
					resourceUri,
					...(channel.token === undefined ? {} : { token: channel.token }),
					expiration: String(channel.expiresAt),
				},
			};
		},
		/** Answers channels.stop. */
		stop: (body: unknown): FakeAnswer => {
			const { id, resourceId } = Object(body) as Record<string, unknown>;
			const at = channels.findIndex(
				(each) => each.id === id && each.resourceId === resourceId && each.expiresAt > now(),
			);
			if (at < 0) return refused(404, 'notFound', `Channel '${String(id)}' not found for project`);
			channels.splice(at, 1);
			stopped.push(String(id));
			return { status: 204 };
		},
		/** Tells every live channel of a resource that it changed; answers their HTTP statuses, 0 for a lost one. */
		notify: (resource: string, state = 'exists', headers: Record<string, string> = {}): Promise<number[]> =>
			Promise.all(alive(resource).map((each) => post(each, state, headers))),
		alive,
		/** Ids of the channels that were stopped, oldest first. */
		stopped,
		reach: (bridgeUrl: string) => {
			target = bridgeUrl;
		},
		/** While true, no notification arrives. */
		lose: (on: boolean) => {
			lost = on;
		},
	};
}
