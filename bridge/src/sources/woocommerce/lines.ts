import Big from 'big.js';
import type { Decimal, Line } from '../../domain';
import { compare, negate, sum } from '../../money';
import { compact } from '../shop/compact';
import { scalar, type MetaFields } from './meta';
import type { FeeFields, LineFields, OrderFields } from './order-fields';
import { plainText } from './plain-text';
import type { Purse } from './purse';
import { lineTaxes } from './taxes';

/** `subtotal` is before coupons, `total` after; a total that a person raised by hand is no discount. */
export function readLine(given: LineFields, order: OrderFields, purse: Purse): Line {
	const after = purse.gross(given.total, given.total_tax);
	const before = purse.gross(given.subtotal, given.subtotal_tax);
	const total = compare(before, after) < 0 ? after : before;
	const properties = shownMeta(given.meta_data);
	return compact({
		...titleOf(given),
		sku: given.sku,
		hsn: scalar(given.meta_data.find(({ key }) => /^_?(hsn|sac|hs)([ _-]?code)?$/i.test(key))?.value),
		quantity: given.quantity,
		price: pieceOf(total, given.quantity, purse),
		total,
		discount: purse.exact(sum([total, negate(after)])),
		tax: purse.exact(given.total_tax ?? purse.zero),
		taxes: lineTaxes(given.taxes, order, purse),
		imageUrl: given.image?.src,
		properties,
	});
}

/** "Kurta - M" of the product "Kurta" is its variant M. */
function titleOf({ name, parent_name }: LineFields): Pick<Line, 'title' | 'variant'> {
	const [title, parent] = [plainText(name), plainText(parent_name)];
	if (title === undefined) return { title: parent ?? 'Item' };
	const rest = parent === undefined || !title.startsWith(`${parent} `) ? '' : title.slice(parent.length);
	const variant = /^\s+[-–—]\s+(.+)$/.exec(rest)?.[1];
	return parent === undefined || variant === undefined ? { title } : { title: parent, variant };
}

/** Written with more decimals only where the division comes out even there: 100.00 for 3 is 33.33 a piece. */
function pieceOf(total: Decimal, quantity: number, { exact, round }: Purse): Decimal {
	if (quantity === 0) return total;
	const piece = new Big(total).div(quantity);
	return piece.times(quantity).eq(total) && piece.eq(piece.round(4)) ? exact(piece.toFixed()) : round(piece.toFixed());
}

/** What a buyer chose or filled in; plugins hide their own notes behind an underscore. */
const shownMeta = (meta: MetaFields): Line['properties'] =>
	meta.flatMap(({ key, value, display_key, display_value }) => {
		const shown = plainText(scalar(display_value) ?? scalar(value));
		return key.startsWith('_') || shown === undefined ? [] : [{ name: plainText(display_key) ?? key, value: shown }];
	});

/** Plugins add a tip as a fee, under a name of the shop's language. */
const TIP =
	/^(tips?|gratuity|trinkgeld|propina|gorjeta|pourboire|mancia|fooi|dricks|drikkepenge|tipp?i|bahşiş|чаевые|बख्शीश|إكرامية|小费|小費|チップ)(?![\p{L}])/iu;

export interface Fees {
	/** Charges, which a buyer sees as lines: cash on delivery, gift wrap. */
	lines: Line[];
	/** Fees below nothing. */
	discounts: { title: string; amount: Decimal }[];
	tip: Decimal;
}

export function readFees(order: OrderFields, purse: Purse): Fees {
	const fees: Fees = { lines: [], discounts: [], tip: purse.zero };
	for (const fee of order.fee_lines) {
		const amount = purse.gross(fee.total, fee.total_tax);
		const title = plainText(fee.name) ?? 'Fee';
		if (compare(amount, '0') < 0) fees.discounts.push({ title, amount: negate(amount) });
		else if (TIP.test(title)) fees.tip = sum([fees.tip, amount]);
		else if (compare(amount, '0') > 0) fees.lines.push(feeLine(title, amount, fee, order, purse));
	}
	return fees;
}

const feeLine = (title: string, amount: Decimal, fee: FeeFields, order: OrderFields, purse: Purse): Line => ({
	title,
	quantity: 1,
	price: amount,
	total: amount,
	discount: purse.zero,
	tax: purse.exact(fee.total_tax ?? purse.zero),
	taxes: lineTaxes(fee.taxes, order, purse),
	properties: [],
});
