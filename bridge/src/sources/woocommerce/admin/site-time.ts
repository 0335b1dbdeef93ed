/** GMT as the REST API writes and reads it: "2026-11-20T09:00:00", whole seconds, no zone. */
export const gmtText = (time: Date): string => time.toISOString().slice(0, 19);

/** Undefined where the shop gives no date (drafts) or something else. */
export function parseGmt(text: unknown): Date | undefined {
	if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)) return undefined;
	const time = new Date(`${text.slice(0, 19)}Z`);
	return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Every gap that a zone leaves when its clocks go forward begins and ends at a full or half hour. */
const HALF_HOUR = 1_800_000;
const DAY = 86_400_000;

/**
 * WordPress reads a date without zone on the site's clock, though `dates_are_gmt` compares it as GMT, and moves one that this clock
 * skips forward (02:30 in the night when summer time begins): an hour of changes would be left out. (With "Z" it would even be
 * converted to the site's time first.) These give the nearest time that every step leaves as it is.
 */
export function askableFrom(time: Date, zone: string | undefined): Date {
	if (isOnClock(time, zone)) return time;
	let start = Math.floor(time.getTime() / HALF_HOUR) * HALF_HOUR;
	while (!isOnClock(new Date(start - 1000), zone)) start -= HALF_HOUR;
	return new Date(start - 1000);
}

export function askableUntil(time: Date, zone: string | undefined): Date {
	let end = time.getTime();
	if (isOnClock(time, zone)) return time;
	end = Math.ceil((end + 1) / HALF_HOUR) * HALF_HOUR;
	while (!isOnClock(new Date(end), zone)) end += HALF_HOUR;
	return new Date(end);
}

/** Whether the zone's clocks show, at some moment, what `time` shows in GMT. */
function isOnClock(time: Date, zone: string | undefined): boolean {
	if (zone === undefined) return true;
	const shown = time.getTime();
	return [shown - DAY, shown + DAY].some((near) => {
		const moment = shown - offsetOf(near, zone);
		return moment + offsetOf(moment, zone) === shown;
	});
}

/** In ms; 0 for a zone that is unknown here. */
function offsetOf(moment: number, zone: string): number {
	try {
		const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
		const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
		const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
		return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
	} catch {
		return 0;
	}
}
