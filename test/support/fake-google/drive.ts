import type { TestClock } from '../clock';
import { createChannels } from './channels';
import type { FakeApi } from './server';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** As much of Drive as tells that a file changed. */
export function fakeDrive(clock: TestClock) {
	const channels = createChannels(clock, { longestMs: DAY_MS, usualMs: HOUR_MS });
	const api: FakeApi = {
		name: 'drive',
		prefix: '/drive/v3',
		handle: ({ method, path, body, scopes }) => {
			if (!scopes.some((scope) => /\/auth\/drive(\.metadata)?(\.readonly)?$/.test(scope)))
				return {
					status: 403,
					body: {
						error: {
							code: 403,
							message: 'Request had insufficient authentication scopes.',
							errors: [{ reason: 'insufficientPermissions' }],
						},
					},
				};
			const file = /^\/files\/([^/]+)\/watch$/.exec(path)?.[1];
			if (method === 'POST' && file !== undefined)
				return channels.watch(file, `https://www.googleapis.com/drive/v3/files/${file}?alt=json`, asDrive(body));
			if (method === 'POST' && path === '/channels/stop') return channels.stop(body);
			return { status: 404, body: `${method} ${path} is not played` };
		},
	};
	return { api, channels };
}

/** Drive takes the end of a channel as a time, Calendar as seconds to live; the channels of both count seconds. */
function asDrive(body: unknown): unknown {
	const { expiration, params, ...rest } = Object(body) as Record<string, unknown>;
	return { ...rest, params: expiration === undefined ? params : { ttl: String(DAY_MS / 1000) } };
}
