import Big from 'big.js';
import { toValue, type Liquid } from 'liquidjs';
import { DecimalDrop, exact } from './decimal-drop';
import { FilterFault } from './fault';

type Operation = (a: Big, b: Big) => Big;

const TWO: Record<string, Operation> = {
	plus: (a, b) => a.plus(b),
	minus: (a, b) => a.minus(b),
	times: (a, b) => a.times(b),
	divided_by: (a, b) => a.div(b),
	modulo: (a, b) => a.mod(b),
	at_least: (a, b) => (a.lt(b) ? b : a),
	at_most: (a, b) => (a.gt(b) ? b : a),
	round: (a, b) => a.round(b.toNumber(), Big.roundHalfUp),
};
const ONE: Record<string, (a: Big) => Big> = {
	abs: (a) => a.abs(),
	floor: (a) => (a.lt(0) ? a.round(0, Big.roundUp) : a.round(0, Big.roundDown)),
	ceil: (a) => (a.lt(0) ? a.round(0, Big.roundDown) : a.round(0, Big.roundUp)),
};

/** Liquid's own arithmetic is done in floats; money never is. */
export function registerArithmetic(liquid: Liquid): void {
	for (const [name, operation] of Object.entries(TWO))
		liquid.registerFilter(name, (value: unknown, by: unknown = 0) =>
			decimal(name, () => operation(number(name, value), number(name, by))),
		);
	for (const [name, operation] of Object.entries(ONE))
		liquid.registerFilter(name, (value: unknown) => decimal(name, () => operation(number(name, value))));
	liquid.registerFilter('sum', (list: unknown, field?: unknown) => {
		const plain: unknown = toValue(list);
		const items: unknown[] = Array.isArray(plain) ? plain : [];
		const numbers = items.map((item) => (field === undefined ? item : Reflect.get(Object(item), String(field))));
		return decimal('sum', () => numbers.reduce((total: Big, each) => total.plus(number('sum', each)), new Big(0)));
	});
}

function number(filter: string, value: unknown): Big {
	const found = exact(value);
	if (found === undefined)
		throw new FilterFault(
			`'${filter}' needs numbers, and got ${value === undefined || value === null ? 'nothing' : 'something else'}`,
		);
	return found;
}

/** big.js throws on what has no answer: a division by nothing, a round to half a place. */
function decimal(filter: string, reckon: () => Big): DecimalDrop {
	try {
		return new DecimalDrop(reckon().toFixed());
	} catch (cause) {
		if (cause instanceof FilterFault) throw cause;
		throw new FilterFault(`'${filter}' cannot be done with these numbers`, { cause });
	}
}
