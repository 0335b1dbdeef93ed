import { argumentsOf, type Document, type Field, type Selection, type Value } from './graphql-document';

/**
 * The part of Shopify's Admin schema 2026-10 that is played: `field`, `field:Type`, `field:*Type` (a list), `field:[Type]` (a
 * connection), arguments in brackets. What is not here is refused, as the real one refuses what it does not know.
 */
const SCHEMA = `
QueryRoot: order(id):Order refund(id):Refund shop:Shop orders(first,after,query,sortKey,reverse):[Order]
	webhookSubscriptions(first,after,topics,uri,format):[WebhookSubscription]
Mutation: webhookSubscriptionCreate(topic,webhookSubscription):WebhookPayload webhookSubscriptionUpdate(id,webhookSubscription):WebhookPayload
	tagsAdd(id,tags):TagsAddPayload orderUpdate(input):OrderUpdatePayload
WebhookPayload: webhookSubscription:WebhookSubscription userErrors:*UserError
TagsAddPayload: node:Node userErrors:*UserError
OrderUpdatePayload: order:Order userErrors:*UserError
UserError: field message
Node: id
Shop: id name myshopifyDomain email currencyCode
WebhookSubscription: id legacyResourceId topic uri format name filter includeFields createdAt updatedAt
Order: id legacyResourceId name email phone createdAt updatedAt cancelledAt cancelReason closedAt processedAt test tags note taxesIncluded
	customerLocale currencyCode presentmentCurrencyCode statusPageUrl paymentGatewayNames discountCodes displayFinancialStatus
	displayFulfillmentStatus customAttributes:*Attribute totalPriceSet:MoneyBag subtotalPriceSet:MoneyBag totalTaxSet:MoneyBag
	totalDiscountsSet:MoneyBag totalShippingPriceSet:MoneyBag originalTotalDutiesSet:MoneyBag currentTotalPriceSet:MoneyBag
	totalOutstandingSet:MoneyBag totalTipReceivedSet:MoneyBag totalRefundedSet:MoneyBag taxLines:*TaxLine customer:Customer
	shippingAddress:MailingAddress billingAddress:MailingAddress shippingLines(first,after):[ShippingLine]
	discountApplications(first,after):[DiscountApplication] transactions(first):*OrderTransaction fulfillments(first):*Fulfillment
	refunds(first):*Refund lineItems(first,after):[LineItem]
Attribute: key value
MoneyBag: shopMoney:MoneyV2 presentmentMoney:MoneyV2
MoneyV2: amount currencyCode
TaxLine: title rate ratePercentage priceSet:MoneyBag
Customer: id firstName lastName displayName locale numberOfOrders defaultEmailAddress:CustomerEmailAddress
	defaultPhoneNumber:CustomerPhoneNumber defaultAddress:MailingAddress
CustomerEmailAddress: emailAddress marketingState
CustomerPhoneNumber: phoneNumber marketingState
MailingAddress: firstName lastName name company address1 address2 city province provinceCode zip country countryCodeV2 phone
ShippingLine: id title isRemoved originalPriceSet:MoneyBag discountedPriceSet:MoneyBag taxLines:*TaxLine discountAllocations:*DiscountAllocation
DiscountAllocation: allocatedAmountSet:MoneyBag discountApplication:DiscountApplication
DiscountApplication: index
DiscountCodeApplication: index code
ManualDiscountApplication: index title description
AutomaticDiscountApplication: index title
ScriptDiscountApplication: index title
OrderTransaction: id kind status processedAt gateway amountSet:MoneyBag
Fulfillment: id legacyResourceId name status displayStatus createdAt updatedAt trackingInfo(first):*FulfillmentTrackingInfo
FulfillmentTrackingInfo: company number url
Refund: id legacyResourceId createdAt updatedAt note transactions(first,after):[OrderTransaction] refundLineItems(first,after):[RefundLineItem]
	refundShippingLines(first,after):[RefundShippingLine] orderAdjustments(first,after):[OrderAdjustment]
RefundLineItem: quantity subtotalSet:MoneyBag totalTaxSet:MoneyBag lineItem:LineItem
RefundShippingLine: id subtotalAmountSet:MoneyBag
OrderAdjustment: id reason amountSet:MoneyBag taxAmountSet:MoneyBag
LineItem: id title name variantTitle sku quantity isGiftCard customAttributes:*Attribute image:Image originalUnitPriceSet:MoneyBag
	totalDiscountSet:MoneyBag taxLines(first):*TaxLine discountAllocations:*DiscountAllocation
Image: url altText
PageInfo: hasNextPage hasPreviousPage startCursor endCursor
`;

export interface FieldType {
	arguments: string[];
	type?: string;
	kind: 'one' | 'list' | 'connection';
}

export const TYPES = new Map<string, Map<string, FieldType>>(
	SCHEMA.trim()
		.replace(/\n\t/g, ' ')
		.split('\n')
		.map((line) => {
			const [type = '', fields = ''] = line.split(/:(.*)/s);
			return [type, new Map(fields.trim().split(/\s+/).map(fieldOf))];
		}),
);

function fieldOf(written: string): [string, FieldType] {
	const [, name = '', args, type] = /^(\w+)(?:\(([\w,]*)\))?(?::(.+))?$/.exec(written) ?? [];
	const kind = type?.startsWith('*') ? 'list' : type?.startsWith('[') ? 'connection' : 'one';
	const plain = type?.replace(/[*[\]]/g, '');
	return [name, { arguments: args?.split(',') ?? [], kind, ...(plain === undefined ? {} : { type: plain }) }];
}

const DISCOUNTS = /^(DiscountCode|Manual|Automatic|Script)Application$|DiscountApplication$/;

/** The fields of a selection set, fragments unfolded, each with its type; a connection's own fields have none there. */
export function fieldsOf(
	document: Document,
	type: string,
	selections: readonly Selection[],
): { field: Field; on: string }[] {
	return selections.flatMap((selection) => {
		if ('name' in selection) return [{ field: selection, on: type }];
		const fragment = 'spread' in selection ? document.fragments.get(selection.spread) : selection;
		if (!fragment)
			throw new Error(`Fragment ${'spread' in selection ? selection.spread : ''} was used, but not defined`);
		if (
			fragment.on !== type &&
			fragment.on !== `${type}Connection` &&
			!(DISCOUNTS.test(type) && DISCOUNTS.test(fragment.on))
		)
			throw new Error(`Fragment on ${fragment.on} can't be spread inside ${type}`);
		return fieldsOf(document, fragment.on === `${type}Connection` ? type : fragment.on, fragment.selections);
	});
}

/** What a query costs before it is run; throws what the real schema would refuse. */
export function costOf(document: Document, variables: Record<string, Value>): number {
	const root = document.operation === 'mutation' ? 'Mutation' : 'QueryRoot';
	return (root === 'Mutation' ? 10 : 0) + cost(document, variables, root, document.selections);
}

function cost(
	document: Document,
	variables: Record<string, Value>,
	type: string,
	selections: readonly Selection[],
): number {
	return fieldsOf(document, type, selections)
		.map(({ field, on }) => {
			const known = TYPES.get(on)?.get(field.name);
			if (!known) throw new Error(`Field '${field.name}' doesn't exist on type '${on}'`);
			for (const name of Object.keys(field.arguments))
				if (!known.arguments.includes(name)) throw new Error(`Field '${field.name}' doesn't accept argument '${name}'`);
			if ((known.type === undefined) !== (field.selections === undefined))
				throw new Error(`Field '${field.name}' of type '${on}' must${known.type ? '' : ' not'} have selections`);
			if (known.type === undefined || !field.selections) return 0;
			const { first } = argumentsOf(field, variables);
			if (known.kind === 'connection') return connectionCost(document, variables, known.type, field, first);
			const inner = 1 + cost(document, variables, known.type, field.selections);
			return known.kind === 'list' && typeof first === 'number' ? first * inner : inner;
		})
		.reduce((sum, each) => sum + each, 0);
}

function connectionCost(
	document: Document,
	variables: Record<string, Value>,
	type: string,
	field: Field,
	first: Value | undefined,
): number {
	if (typeof first !== 'number') throw new Error(`you must provide one of first or last on ${field.name}`);
	if (first > 250) throw new Error(`${field.name} takes at most 250`);
	return unfolded(document, type, field.selections ?? [])
		.map((part) => {
			if (part.name === 'pageInfo') return cost(document, variables, 'PageInfo', part.selections ?? []);
			if (part.name !== 'nodes') throw new Error(`Field '${part.name}' doesn't exist on type '${type}Connection'`);
			return first * (1 + cost(document, variables, type, part.selections ?? []));
		})
		.reduce((sum, each) => sum + each, 0);
}

/** `nodes` and `pageInfo` of a connection. */
export const unfolded = (document: Document, type: string, selections: readonly Selection[]): Field[] =>
	fieldsOf(document, type, selections).map(({ field }) => field);
