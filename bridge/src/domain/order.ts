/** An order, whatever the shop. Money is a decimal string in the unit of its currency, never a float. */

/** A decimal number as text: optional minus, digits, optional point and digits. */
export type Decimal = string;

export interface Address {
	name?: string;
	company?: string;
	line1?: string;
	line2?: string;
	city?: string;
	region?: string;
	postcode?: string;
	/** ISO 3166-1 alpha-2. */
	country?: string;
	/** As the shop has it; `Order.phone` is the E.164 one. */
	phone?: string;
}

export interface Customer {
	id?: string;
	firstName?: string;
	lastName?: string;
	name?: string;
	email?: string;
	/** As the shop has it. */
	phone?: string;
	/** How many orders the customer has placed, where the shop says. */
	orders?: number;
}

export interface Tax {
	title: string;
	/** A fraction: "0.05" is 5 %. Undefined where the shop does not say. */
	rate?: Decimal;
	amount: Decimal;
}

export interface Line {
	title: string;
	variant?: string;
	sku?: string;
	/** HSN/SAC or customs code, where the shop gives one. */
	hsn?: string;
	quantity: number;
	/** One piece, before discounts. */
	price: Decimal;
	/** quantity × price, before discounts. */
	total: Decimal;
	/** Discounts that fell on this line; "0.00" when none. */
	discount: Decimal;
	/** Sum of the line's taxes. */
	tax: Decimal;
	taxes: Tax[];
	imageUrl?: string;
	/** Custom properties a buyer filled in (engraving, gift message). */
	properties: { name: string; value: string }[];
}

export interface Discount {
	/** Code, or the title of an automatic or manual discount. */
	title: string;
	amount: Decimal;
}

export interface Refund {
	id: string;
	createdAt: string;
	/** Sum of the refund's money, positive, in the currency of the order. */
	amount: Decimal;
	/** Where the refund itself names it. */
	currency?: string;
	note?: string;
	lines: { title: string; quantity: number; amount: Decimal }[];
}

export interface Fulfilment {
	id: string;
	trackingCompany?: string;
	trackingNumber?: string;
	trackingUrl?: string;
}

export interface Order {
	/** Exact, as text: ids can exceed 2^53. */
	id: string;
	/** What the buyer sees: "#1042". */
	name: string;
	/** Without prefix: "1042". */
	number: string;
	status: 'open' | 'paid' | 'partially_refunded' | 'refunded' | 'fulfilled' | 'cancelled';
	/** Shopify's own words, for conditions: pending, paid, refunded, voided … */
	financialStatus?: string;
	fulfilmentStatus?: string;
	/** The buyer's (presentment) currency, ISO 4217; every amount of this object is in it. */
	currency: string;
	total: Decimal;
	subtotal: Decimal;
	tax: Decimal;
	discount: Decimal;
	shipping: Decimal;
	tip: Decimal;
	/** What is still to pay. */
	outstanding?: Decimal;
	taxesIncluded: boolean;
	createdAt: string;
	updatedAt: string;
	cancelledAt?: string;
	cancelReason?: string;
	paymentMethod?: string;
	isCod: boolean;
	/** BCP 47, as the shop has it: "en-IN", "hi", "pt-BR". */
	language?: string;
	statusUrl?: string;
	note?: string;
	tags: string[];
	/** Cart or order attributes by name: `order.attributes.whatsapp_opt_in`. */
	attributes: Record<string, string>;
	customer: Customer;
	billing?: Address;
	delivery?: Address;
	shippingMethod?: string;
	lines: Line[];
	taxes: Tax[];
	discounts: Discount[];
	refunds: Refund[];
	fulfilments: Fulfilment[];
	shop: Shop;
	/** The best number, E.164 with plus; undefined when none of the order's numbers can be one. */
	phone?: string;
	/** Why `phone` is undefined, in a merchant's words: "no phone number in the order", "'555-555-SHIP' is not a phone number". */
	phoneProblem?: string;
	/** Consent the shop itself knows of: true/false when said, undefined when not. */
	marketingConsent?: boolean;
	/** A test order made by the shop's admin; never a real buyer. */
	test: boolean;
	/** Ties a checkout to the order that came of it. */
	checkoutToken?: string;
}

export interface Shop {
	/** The source's id in the configuration. */
	id: string;
	name?: string;
	domain: string;
}

export interface Shipment extends Fulfilment {
	status: 'in_transit' | 'out_for_delivery' | 'delivered' | 'failed';
	/** "#1042.1" */
	name?: string;
	/** Where the shop says when it will arrive. */
	estimatedAt?: string;
	/** "Delivered to consignee" */
	message?: string;
}
