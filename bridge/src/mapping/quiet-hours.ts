import type { QuietHours } from './mapping';

/** The instant itself, or the end of the quiet hours that it falls into, in the given zone. Right across changes of the clock. */
export function afterQuietHours(instant: Date, { from, to }: QuietHours, timezone: string): Date {
	const local = localTime(instant, timezone);
	const [start, end] = [minutesOf(from), minutesOf(to)];
	const quiet =
		start <= end ? local.minutes >= start && local.minutes < end : local.minutes >= start || local.minutes < end;
	if (!quiet) return instant;
	const days = local.minutes < end ? 0 : 1;
	return instantOf({ year: local.year, month: local.month, day: local.day + days, minutes: end }, timezone);
}

interface LocalTime {
	year: number;
	month: number;
	day: number;
	minutes: number;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function localTime(instant: Date, timezone: string): LocalTime {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
	});
	const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
	const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
	return { year, month, day, minutes: hour * 60 + minute };
}

/** The first instant at which the zone's clocks show this time or, where they skip it, one past it. */
function instantOf(wanted: LocalTime, timezone: string): Date {
	const asUtc = utcOf(wanted);
	// The zone's offset at the instant is not known before the instant is: the offsets of a day before and after are the
	// only two it can be. Of both, the earlier instant that shows the wanted time wins; in a gap none does.
	const candidates = [
		asUtc - offsetAt(asUtc - 86_400_000, timezone),
		asUtc - offsetAt(asUtc + 86_400_000, timezone),
	].sort((a, b) => a - b);
	const exact = candidates.find((each) => utcOf(localTime(new Date(each), timezone)) === asUtc);
	return new Date(exact ?? candidates.at(-1) ?? asUtc);
}

const utcOf = ({ year, month, day, minutes }: LocalTime): number => Date.UTC(year, month - 1, day, 0, minutes);
const offsetAt = (instant: number, timezone: string): number =>
	utcOf(localTime(new Date(instant), timezone)) - Math.floor(instant / 60_000) * 60_000;
