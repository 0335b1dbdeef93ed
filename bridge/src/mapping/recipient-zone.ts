import { getTimezonesForCountry } from 'countries-and-timezones';
import { readPhone } from '../phone';

/**
 * The zone in which the recipient of a number most likely is: their country's, when its clocks all agree. The United
 * States or Brazil have several, and a number does not say which: the given zone stands in.
 */
export function recipientZone(e164: string | undefined, fallback: string): string {
	const reading = readPhone(e164, undefined);
	const zones = (reading.ok && reading.country !== undefined && getTimezonesForCountry(reading.country)) || [];
	const [first, ...others] = zones;
	if (!first || zones.some(({ name }) => name === fallback)) return fallback;
	return others.every(({ utcOffset, dstOffset }) => utcOffset === first.utcOffset && dstOffset === first.dstOffset)
		? first.name
		: fallback;
}
