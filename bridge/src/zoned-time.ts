/** What the clocks of a zone show. `day` may lie outside of its month: the 0th is the last of the month before. */
export interface LocalTime {
	year: number;
	month: number;
	day: number;
	/** Since midnight. */
	minutes: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** "07:30" → 450 */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export function localTime(instant: Date, timezone: string): LocalTime {
	const parts = Object.fromEntries(
		formatOf(timezone)
			.formatToParts(instant)
			.map(({ type, value }) => [type, Number(value)]),
	);
	const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
	return { year, month, day, minutes: hour * 60 + minute };
}

/** The first instant at which the zone's clocks show this time or, where they skip it, one past it. */
export function instantOf(wanted: LocalTime, timezone: string): Date {
	const asUtc = utcOf(wanted);
	// The zone's offset at the instant is not known before the instant is: the offsets of a day before and after are the
	// only two it can be. Of both, the earlier instant that shows the wanted time wins; in a gap none does.
	const candidates = [asUtc - offsetAt(asUtc - DAY_MS, timezone), asUtc - offsetAt(asUtc + DAY_MS, timezone)].sort(
		(a, b) => a - b,
	);
	const exact = candidates.find((each) => utcOf(localTime(new Date(each), timezone)) === asUtc);
	return new Date(exact ?? candidates.at(-1) ?? asUtc);
}

/** "2026-11-26T00:00:00+05:30" */
export function isoIn(instant: Date, timezone: string): string {
	const offset = offsetAt(instant.getTime(), timezone);
	const local = new Date(instant.getTime() + offset).toISOString().slice(0, 19);
	const minutes = Math.abs(offset) / MINUTE_MS;
	const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
	return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

export function isTimezone(name: string): boolean {
	try {
		return formatOf(name).format(0) !== '';
	} catch {
		return false;
	}
}

const utcOf = ({ year, month, day, minutes }: LocalTime): number => Date.UTC(year, month - 1, day, 0, minutes);
const offsetAt = (instant: number, timezone: string): number =>
	utcOf(localTime(new Date(instant), timezone)) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;

/** Making one costs some fifty times its use. There are about six hundred names, and few in use. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
	});
	formats.set(timeZone, format);
	return format;
}
