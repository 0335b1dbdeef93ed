const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

export const DURATION_PATTERN = '^\\d+(ms|s|m|h|d)$';

/** Reads "30s", "5m", "24h" or "7d" as milliseconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
	const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim());
	if (!match) return undefined;
	return Number(match[1]) * UNITS[match[2] as Unit];
}

/** Writes milliseconds in the largest unit that divides them: 86400000 → "1d". */
export function formatDuration(milliseconds: number): string {
	const units: Unit[] = ['d', 'h', 'm', 's'];
	const unit = units.find((each) => milliseconds % UNITS[each] === 0 && milliseconds > 0) ?? 'ms';
	return `${milliseconds / UNITS[unit]}${unit}`;
}
