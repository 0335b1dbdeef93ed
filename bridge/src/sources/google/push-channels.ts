import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { FeedRoom } from '../feed';
import type { Verify } from '../source';
import { reasonOf } from '../../reason-of';

/** A push channel as Google keeps it; it dies at its end, and there is no renewing but by another one. */
export interface PushChannel {
	id: string;
	token: string;
	/** Absent: Google never answered, and it may not exist. */
	resourceId?: string;
	expiresAt: number;
	/** When another one took over. */
	replacedAt?: number;
}

/** What Google is asked, by whoever knows the resource. Both throw GoogleError. */
export interface ChannelCalls {
	watch(channel: { id: string; type: 'web_hook'; address: string; token: string; params: { ttl: string } }): Promise<{
		resourceId?: string | null;
		/** Milliseconds since 1970, as text. */
		expiration?: string | null;
	}>;
	stop(channel: { id: string; resourceId: string }): Promise<unknown>;
}

export interface ChannelSettings {
	/** Path of the bridge that Google posts to: /webhooks/google-calendar/clinic */
	path: string;
	/** As long as Google allows: a week for calendars, a day for files. */
	ttlMs: number;
	/** A new channel is opened this long before the old one ends. */
	renewMs: number;
}

/** Both channels are good for this long, so that nothing falls between them. */
const OVERLAP_MS = 600_000;
const AGAIN_AFTER_MS = 3_600_000;
const CURSOR = 'channels';

export type PushChannels = ReturnType<typeof pushChannels>;

/** Channels that make Google tell of changes, kept open while the bridge can be reached by https. Polling goes on: pushes get lost. */
export function pushChannels({ path, ttlMs, renewMs }: ChannelSettings) {
	/** Undefined until they were read from the ledger. */
	let channels: PushChannel[] | undefined;
	let refusedUntil = 0;
	let refusal: string | undefined;

	async function loaded(room: Pick<FeedRoom, 'cursor'>): Promise<PushChannel[]> {
		channels ??= JSON.parse((await room.cursor(CURSOR)) ?? '[]') as PushChannel[];
		return channels;
	}
	async function save(room: FeedRoom, next: PushChannel[]): Promise<void> {
		await room.saveCursor(CURSOR, JSON.stringify(next));
		channels = next;
	}

	async function open(room: FeedRoom, calls: ChannelCalls, known: PushChannel[]): Promise<void> {
		const now = room.now().getTime();
		const made: PushChannel = {
			id: randomUUID(),
			token: randomBytes(24).toString('base64url'),
			expiresAt: now + ttlMs,
		};
		// Before it is asked for: its first message comes before the answer.
		await save(room, [...known, made]);
		try {
			const { resourceId, expiration } = await calls.watch({
				id: made.id,
				type: 'web_hook',
				address: room.publicUrl + path,
				token: made.token,
				params: { ttl: String(ttlMs / 1000) },
			});
			const expiresAt = Number(expiration) || made.expiresAt;
			const others = known.map((each) => ({ ...each, replacedAt: each.replacedAt ?? now }));
			await save(room, [...others, { ...made, expiresAt, ...(resourceId ? { resourceId } : {}) }]);
			refusal = undefined;
			room.tell('info', { stage: 'watching', until: new Date(expiresAt) });
		} catch (error) {
			await save(room, known);
			refusedUntil = now + AGAIN_AFTER_MS;
			refusal = reasonOf(error);
			room.tell(
				'warn',
				{ stage: 'watching', reason: refusal },
				'Google does not push changes; they are looked for regularly',
			);
		}
	}

	async function close(room: FeedRoom, calls: ChannelCalls, { id, resourceId }: PushChannel): Promise<void> {
		if (resourceId === undefined) return;
		// One that Google does not know any more is closed as well.
		await calls.stop({ id, resourceId }).catch((error: unknown) => {
			room.tell(
				'info',
				{ stage: 'watching', reason: reasonOf(error) },
				'A push channel could not be closed; it ends by itself',
			);
		});
	}

	const verify: Verify = ({ headers }) => {
		const text = (name: string): string => String(headers[name] ?? '');
		const refuse = (status: 400 | 401 | 404, reason: string, detail: string) =>
			({ ok: false, status, reason, detail }) as const;
		const [id, state] = [text('x-goog-channel-id'), text('x-goog-resource-state')];
		if (id === '' || state === '')
			return refuse(
				400,
				'missing-headers',
				'X-Goog-Channel-ID and X-Goog-Resource-State are missing: this is no push of Google.',
			);
		// Before they were read from the ledger none is known; the look that follows a start sees what such a push would tell.
		const channel = channels?.find((each) => same(each.id, id));
		if (!channel)
			return refuse(
				404,
				'unknown-channel',
				'The bridge has no such push channel (any more). It ends by itself within a week.',
			);
		if (!same(channel.token, text('x-goog-channel-token')))
			return refuse(401, 'bad-token', 'The token is not the one of this push channel.');
		return state === 'sync' ? { ok: true, result: 'sync' } : { ok: true, result: 'changed', look: true };
	};

	return {
		verify,
		/** Opens, renews and closes; never throws for Google's sake. */
		keep: async (room: FeedRoom, calls: ChannelCalls): Promise<void> => {
			const now = room.now().getTime();
			const all = await loaded(room);
			const alive = all.filter(({ expiresAt }) => expiresAt > now);
			const [old, good] = [
				alive.filter(({ replacedAt }) => replacedAt !== undefined && replacedAt + OVERLAP_MS <= now),
				alive.filter(({ replacedAt }) => replacedAt === undefined || replacedAt + OVERLAP_MS > now),
			];
			for (const each of old) await close(room, calls, each);
			if (good.length < all.length) await save(room, good);
			const lasts = good.some(
				({ replacedAt, resourceId, expiresAt }) =>
					replacedAt === undefined && resourceId !== undefined && expiresAt - renewMs > now,
			);
			if (!lasts && now >= refusedUntil && room.publicUrl.startsWith('https://')) await open(room, calls, good);
		},
		status: async (room: Pick<FeedRoom, 'cursor' | 'now'>): Promise<object> => {
			const now = room.now().getTime();
			const live = (await loaded(room)).filter(
				({ resourceId, expiresAt }) => resourceId !== undefined && expiresAt > now,
			);
			const until = Math.max(...live.map(({ expiresAt }) => expiresAt));
			if (live.length > 0) return { state: 'open', until: new Date(until).toISOString() };
			return { state: 'closed', reason: refusal ?? 'Google can push only to an https address (server.publicUrl)' };
		},
	};
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** In a time that does not tell how much of it was right. */
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
