import { toValue, type Context, type Liquid } from 'liquidjs';
import { formatMoney } from '../../money';
import { findPhone, readPhone } from '../../phone';
import { exact } from './decimal-drop';
import { FilterFault } from './fault';

/** What filters need to know of the message they write. */
export interface Surroundings {
	/** BCP 47: how numbers and names of months are written. */
	locale: string;
	timezone: string;
	/** Country of numbers without country code. */
	country?: string;
	now: Date;
	/** Told what each default puts in the place of nothing. */
	onDefault?: (value: unknown) => void;
}

/** Liquid hands a filter only its context; the render's own globals lead from there to the surroundings. */
const surroundings = new WeakMap<object, Surroundings>();
export function globalsFor(values: Surroundings): object {
	const globals = {};
	surroundings.set(globals, values);
	return globals;
}
function surroundingsOf(context: Context): Surroundings {
	const found = surroundings.get(context.globals);
	if (!found) throw new Error('rendered without surroundings');
	return found;
}

export function registerFilters(liquid: Liquid): void {
	const strftime = liquid.filters['date'];
	if (typeof strftime !== 'function') throw new Error('liquidjs has lost its date filter');

	liquid.registerFilter('default', function (value: unknown, fallback: unknown = '') {
		const plain: unknown = toValue(value);
		if (!isBlank(plain) && plain !== false) return value;
		surroundingsOf(this.context).onDefault?.(toValue(fallback));
		return fallback;
	});

	liquid.registerFilter('money', function (value: unknown, currency: unknown) {
		if (isBlank(toValue(value))) return undefined;
		const amount = exact(value);
		const code: unknown = toValue(currency);
		if (amount === undefined) throw new FilterFault("'money' needs an amount, such as 499.00");
		if (typeof code !== 'string' || code === '')
			throw new FilterFault("'money' needs the currency: | money: order.currency");
		return formatMoney(String(toValue(value)), code, surroundingsOf(this.context).locale);
	});

	liquid.registerFilter('phone', function (value: unknown, country: unknown) {
		const plain: unknown = toValue(value);
		if (isBlank(plain)) return undefined;
		const given: unknown = toValue(country) ?? surroundingsOf(this.context).country;
		const region = typeof given === 'string' ? given : undefined;
		const reading = readPhone(String(plain), region);
		if (reading.ok) return reading.e164;
		// Descriptions of appointments are whole texts with a number somewhere.
		const found = findPhone(String(plain), region);
		if (found === undefined) throw new FilterFault(reading.reason);
		return found;
	});

	liquid.registerFilter('date', function (value: unknown, format: unknown, timezone: unknown) {
		const { locale, now, timezone: zone } = surroundingsOf(this.context);
		const plain: unknown = toValue(value);
		if (isBlank(plain)) return undefined;
		const instant =
			plain === 'now' || plain === 'today'
				? now
				: typeof plain === 'number'
					? new Date(plain * 1000)
					: new Date(String(plain));
		if (Number.isNaN(instant.getTime())) throw new FilterFault(`'date' cannot read the date`);
		const context: Context = Object.create(this.context, { opts: { value: { ...this.context.opts, locale } } });
		return strftime.call({ ...this, context }, instant, format ?? '%-d %B %Y', timezone ?? zone);
	});
}

/** Nothing that a reader would see: white space and invisible marks count as nothing. */
export const isBlank = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && /^[\s\p{Cc}\p{Cf}]*$/u.test(value)) ||
	(Array.isArray(value) && value.length === 0);
