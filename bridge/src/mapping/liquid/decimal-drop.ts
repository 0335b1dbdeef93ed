import Big from 'big.js';
import { Drop, toValue } from 'liquidjs';
import { isDecimal } from '../../money';

/** Longer ones are no amounts: with an exponent of a million, big.js would compute for minutes. */
const LONGEST = 40;

/** A decimal of the template's world as an exact number; undefined when it is none. */
export function exact(value: unknown): Big | undefined {
	const plain: unknown = toValue(value);
	const text = typeof plain === 'number' ? String(plain) : plain;
	return isDecimal(text) && text.length <= LONGEST ? new Big(text) : undefined;
}

/** An amount of money in a template: prints as it came, compares exactly and by value ("100.00" > "99.50"). */
export class DecimalDrop extends Drop {
	constructor(private readonly text: string) {
		super();
	}
	override valueOf(): string {
		return this.text;
	}
	toJSON(): string {
		return this.text;
	}
	equals(other: unknown): boolean {
		return this.compared(other) === 0;
	}
	gt(other: unknown): boolean {
		return (this.compared(other) ?? 0) > 0;
	}
	geq(other: unknown): boolean {
		return (this.compared(other) ?? -1) >= 0;
	}
	lt(other: unknown): boolean {
		return (this.compared(other) ?? 0) < 0;
	}
	leq(other: unknown): boolean {
		return (this.compared(other) ?? 1) <= 0;
	}
	private compared(other: unknown): number | undefined {
		const number = exact(other);
		return number === undefined ? undefined : new Big(this.text).cmp(number);
	}
}
