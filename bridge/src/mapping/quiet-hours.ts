import { instantOf, localTime, minutesOf } from '../zoned-time';
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
