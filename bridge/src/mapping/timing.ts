import type { Mapping } from './mapping';
import type { PlanContext, PlanSettings } from './planning';
import { afterQuietHours } from './quiet-hours';
import { recipientZone } from './recipient-zone';

export interface Timing {
	dueAt: Date;
	expiresAt?: Date;
}

/**
 * When the message is due and until when it is worth sending. Both count from when the bridge had the event: a shop
 * that delivers late shifts them, a bridge that was down or an API that was away does not. A reminder has its time from its
 * event, and a delay does not move it.
 */
export function timingOf(
	mapping: Mapping,
	{ event, now }: PlanContext,
	to: string | undefined,
	settings: PlanSettings,
): Timing {
	// A clock that was set back since is no reason to wait until it has come there again.
	const received =
		event.receivedAt === undefined ? now.getTime() : Math.min(Date.parse(event.receivedAt), now.getTime());
	const start = settings.replay ? now.getTime() : received;
	const wanted = event.dueAt === undefined ? start + (settings.replay ? 0 : mapping.delay) : Date.parse(event.dueAt);
	const earliest = new Date(Math.max(wanted, now.getTime()));
	const dueAt = mapping.quietHours
		? afterQuietHours(earliest, mapping.quietHours, recipientZone(to, settings.timezone))
		: earliest;
	const ends = [
		...(mapping.expires === undefined ? [] : [wanted + mapping.expires]),
		...(event.staleAt === undefined ? [] : [Date.parse(event.staleAt)]),
	];
	return { dueAt, ...(ends.length === 0 ? {} : { expiresAt: new Date(Math.min(...ends)) }) };
}
