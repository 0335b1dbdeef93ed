import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { drive_v3 } from '@googleapis/drive';
import { reasonOf } from '../../reason-of';
import type { FeedRoom } from '../feed';
import { connectGoogle, type GoogleConnection } from '../google/connect-google';
import type { Verify } from '../source';
import type { SheetConfig } from './sheet-config';

interface Channel {
	id: string;
	token: string;
	resourceId?: string;
	/** Milliseconds since 1970; 0 while Google has not said. */
	expiresAt: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A channel lives a day at most. */
const RENEW_BEFORE_MS = 3 * HOUR_MS;
const SCOPES = ['https://www.googleapis.com/auth/drive.metadata.readonly'];

export interface DriveChannel {
	/** Takes a notification when it is of one of our channels. */
	door: Verify;
	/** Makes a channel, or a new one before the old one ends. What goes wrong is told: looks go on without it. */
	keep(room: FeedRoom): Promise<void>;
	endsAt(): Date | undefined;
}

/** Google tells that the spreadsheet changed, so that the next look comes at once. Pushes get lost: looks go on as before. */
export function driveChannel(config: SheetConfig): DriveChannel {
	let channels: Channel[] | undefined;
	let notBefore = 0;
	const google = connectDrive(config);

	async function renew(room: FeedRoom, address: string, known: Channel[]): Promise<void> {
		const made: Channel = { id: randomUUID(), token: randomBytes(24).toString('base64url'), expiresAt: 0 };
		// Known before it is asked for: its first notification comes before the answer.
		channels = [made, ...known];
		const answer = await google.call(`the notifications of the spreadsheet of the source '${config.id}'`, (api) =>
			api.files.watch({
				fileId: config.spreadsheet,
				supportsAllDrives: true,
				requestBody: {
					id: made.id,
					type: 'web_hook',
					address,
					token: made.token,
					expiration: String(room.now().getTime() + DAY_MS),
				},
			}),
		);
		made.resourceId = answer.resourceId ?? '';
		made.expiresAt = Number(answer.expiration ?? room.now().getTime() + HOUR_MS);
		// The one before stays accepted, since its last notifications may be under way, and is stopped; older ones are forgotten.
		channels = [made, ...known.slice(0, 1)];
		await room.saveCursor('channels', JSON.stringify(channels));
		for (const { id, resourceId } of known.slice(0, 1))
			if (resourceId !== undefined)
				await google
					.call('the old notifications', (api) => api.channels.stop({ requestBody: { id, resourceId } }))
					.catch((error: unknown) => {
						room.tell('info', { stage: 'looking', reason: reasonOf(error) }, 'The old channel was gone already');
					});
	}

	return {
		door: ({ headers }) => {
			const header = (name: string) => textOf(headers[`x-goog-${name}`]);
			const channel = (channels ?? []).find(({ id }) => id === header('channel-id'));
			if (!channel || !isSame(header('channel-token'), channel.token))
				return {
					ok: false,
					status: 401,
					reason: 'unknown-channel',
					detail: 'This notification is of no channel of this source; one that ended or was made by another bridge.',
				};
			const state = header('resource-state');
			if (state === 'sync') return { ok: true, result: 'sync' };
			const changed = header('changed').split(',').filter(Boolean);
			// Who may see the file, and in which folder it lies, is not in its rows.
			if (state === 'update' && changed.length > 0 && changed.every((what) => NOT_ROWS.has(what)))
				return { ok: true, result: `nothing to read: ${changed.join(', ')}` };
			return { ok: true, result: state, look: true };
		},
		keep: async (room) => {
			channels ??= JSON.parse((await room.cursor('channels')) ?? '[]') as Channel[];
			const now = room.now().getTime();
			const known = channels.filter(({ expiresAt }) => expiresAt > now);
			if (!room.publicUrl.startsWith('https://') || now < notBefore) return;
			if ((known[0]?.expiresAt ?? 0) - now > RENEW_BEFORE_MS) return;
			try {
				await renew(room, `${room.publicUrl}/webhooks/google-drive/${config.id}`, known);
			} catch (error) {
				channels = known;
				notBefore = now + HOUR_MS;
				room.tell(
					'warn',
					{ stage: 'looking', reason: reasonOf(error) },
					'Google does not push changes of this sheet; it is looked at on schedule',
				);
			}
		},
		endsAt: () => (channels?.[0]?.expiresAt ? new Date(channels[0].expiresAt) : undefined),
	};
}

const NOT_ROWS = new Set(['permissions', 'parents']);

const connectDrive = ({ credentials = '', rootUrl }: SheetConfig): GoogleConnection<drive_v3.Drive> =>
	connectGoogle({ credentials, rootUrl, scopes: SCOPES }, async (auth) =>
		(await import('@googleapis/drive')).drive({
			version: 'v3',
			auth,
			retry: false,
			...(rootUrl === undefined ? {} : { rootUrl: `${rootUrl}/` }),
		}),
	);

const textOf = (header: string | string[] | undefined): string => (typeof header === 'string' ? header : '');

function isSame(given: string, wanted: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
	return a.length === b.length && timingSafeEqual(a, b);
}
