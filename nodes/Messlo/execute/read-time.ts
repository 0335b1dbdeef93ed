/** A time with its zone, or a day. What an editor or a sheet gives without a zone is meant in the zone of the workflow. */
export function readTime(raw: unknown, type: 'date' | 'dateTime', timezone: string): unknown {
	const text = iso(raw);
	if (text === undefined) return raw;
	if (type === 'date') return text.slice(0, 10);
	if (/(Z|[+-]\d\d:?\d\d)$/i.test(text) && text.includes('T')) return text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
	const local = Date.parse(`${text.replace(' ', 'T')}${text.length <= 10 ? 'T00:00:00' : ''}Z`);
	return Number.isNaN(local) ? text : toUtc(local, timezone);
}

/** Expressions give Luxon times, Date objects and texts. */
function iso(raw: unknown): string | undefined {
	if (typeof raw === 'string') return raw.trim();
	if (raw instanceof Date) return Number.isNaN(raw.getTime()) ? undefined : raw.toISOString();
	if (typeof raw !== 'object' || raw === null || !('toISO' in raw) || typeof raw.toISO !== 'function') return undefined;
	return String((raw.toISO as () => unknown)());
}

/** The moment at which clocks in the zone show this time. Twice, since the offset may change in between. */
function toUtc(local: number, timezone: string): string {
	const first = local - offsetMs(local, timezone);
	return new Date(local - offsetMs(first, timezone)).toISOString();
}

function offsetMs(moment: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(moment);
	const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
	const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}
