import { z } from 'zod';

/** "gid://shopify/Order/6310000551042" → "6310000551042", every digit of it. */
export const idOf = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);
export const gidOf = (kind: 'Order', id: string): string => `gid://shopify/${kind}/${id}`;

const text = z.string().nullish();
const money = z.object({ amount: z.string(), currencyCode: z.string() });
export const moneyBag = z.object({ shopMoney: money, presentmentMoney: money }).nullish();
export type MoneyBag = z.output<typeof moneyBag>;

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: text });
const nodes = <Node extends z.ZodType>(node: Node) => z.object({ nodes: z.array(node) });
const attributes = z.array(z.object({ key: z.string(), value: text }));

const address = z
	.object({
		firstName: text,
		lastName: text,
		name: text,
		company: text,
		address1: text,
		address2: text,
		city: text,
		province: text,
		zip: text,
		countryCodeV2: text,
		phone: text,
	})
	.nullish();
export type AddressNode = z.output<typeof address>;

const taxLine = z.object({ title: text, rate: z.number().nullish(), priceSet: moneyBag });
const allocation = z.object({ allocatedAmountSet: moneyBag, discountApplication: z.object({ index: z.number() }) });
export type TaxLineNode = z.output<typeof taxLine>;
export type AllocationNode = z.output<typeof allocation>;

const line = z.object({
	title: z.string(),
	variantTitle: text,
	sku: text,
	quantity: z.number(),
	isGiftCard: z.boolean(),
	customAttributes: attributes,
	image: z.object({ url: text }).nullish(),
	originalUnitPriceSet: moneyBag,
	totalDiscountSet: moneyBag,
	taxLines: z.array(taxLine),
	discountAllocations: z.array(allocation),
});
export type LineNode = z.output<typeof line>;
export const lines = z.object({ nodes: z.array(line), pageInfo });

const refundTransactions = nodes(z.object({ kind: z.string(), status: z.string(), amountSet: moneyBag }));
export const refundNode = z.object({
	id: z.string(),
	createdAt: text,
	note: text,
	transactions: refundTransactions,
	refundLineItems: nodes(
		z.object({
			quantity: z.number(),
			subtotalSet: moneyBag,
			totalTaxSet: moneyBag,
			lineItem: z.object({ title: z.string(), originalUnitPriceSet: moneyBag }),
		}),
	),
	refundShippingLines: nodes(z.object({ subtotalAmountSet: moneyBag })),
	orderAdjustments: nodes(z.object({ reason: text, amountSet: moneyBag, taxAmountSet: moneyBag })),
});
export type RefundNode = z.output<typeof refundNode>;

const fulfilment = z.object({
	id: z.string(),
	name: text,
	status: z.string(),
	displayStatus: text,
	createdAt: z.string(),
	updatedAt: z.string(),
	trackingInfo: z.array(z.object({ company: text, number: text, url: text })),
});
export type FulfilmentNode = z.output<typeof fulfilment>;

const status = { displayFinancialStatus: text, displayFulfillmentStatus: text };
/** Enough to see whether the ledger may lack something of it. */
export const briefNode = z.object({
	id: z.string(),
	name: z.string(),
	createdAt: z.string(),
	updatedAt: z.string(),
	cancelledAt: text,
	...status,
	refunds: z.array(z.object({ id: z.string() })),
	fulfillments: z.array(z.object({ id: z.string(), status: z.string(), displayStatus: text })),
});
export type BriefNode = z.output<typeof briefNode>;

export const orderNode = z.object({
	id: z.string(),
	name: z.string(),
	email: text,
	phone: text,
	createdAt: z.string(),
	updatedAt: z.string(),
	cancelledAt: text,
	cancelReason: text,
	test: z.boolean(),
	tags: z.array(z.string()),
	note: text,
	taxesIncluded: z.boolean(),
	customerLocale: text,
	currencyCode: z.string(),
	presentmentCurrencyCode: z.string(),
	statusPageUrl: text,
	paymentGatewayNames: z.array(z.string()),
	discountCodes: z.array(z.string()),
	...status,
	customAttributes: attributes,
	totalPriceSet: moneyBag,
	subtotalPriceSet: moneyBag,
	totalTaxSet: moneyBag,
	totalDiscountsSet: moneyBag,
	totalShippingPriceSet: moneyBag,
	originalTotalDutiesSet: moneyBag,
	currentTotalPriceSet: moneyBag,
	totalOutstandingSet: moneyBag,
	totalTipReceivedSet: moneyBag,
	taxLines: z.array(taxLine),
	customer: z
		.object({
			id: z.string(),
			firstName: text,
			lastName: text,
			locale: text,
			numberOfOrders: z.union([z.string(), z.number()]).nullish(),
			defaultEmailAddress: z.object({ emailAddress: text }).nullish(),
			defaultPhoneNumber: z.object({ phoneNumber: text, marketingState: text }).nullish(),
			defaultAddress: address,
		})
		.nullish(),
	shippingAddress: address,
	billingAddress: address,
	shippingLines: nodes(
		z.object({
			title: text,
			isRemoved: z.boolean(),
			originalPriceSet: moneyBag,
			taxLines: z.array(taxLine),
			discountAllocations: z.array(allocation),
		}),
	),
	discountApplications: nodes(z.object({ index: z.number(), code: text, title: text })),
	transactions: z.array(z.object({ kind: z.string(), status: z.string(), processedAt: text })),
	fulfillments: z.array(fulfilment),
	refunds: z.array(z.object({ id: z.string() })),
	lineItems: lines,
});
export type OrderNode = z.output<typeof orderNode>;
