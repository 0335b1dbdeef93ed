/**
 * Every document sent to the Admin API (2026-10). Sizes keep each below the 1,000 points that one query may cost: an object
 * counts one, and a list as many as are asked for.
 */
const MONEY = `fragment Money on MoneyBag {
	shopMoney { amount currencyCode }
	presentmentMoney { amount currencyCode }
}`;
const ADDRESS = `fragment Address on MailingAddress {
	firstName lastName name company address1 address2 city province zip countryCodeV2 phone
}`;
const BRIEF = `fragment Brief on Order {
	id name createdAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
	refunds(first: 5) { id }
	fulfillments(first: 5) { id status displayStatus }
}`;
const LINES = `fragment Lines on LineItemConnection {
	nodes {
		title variantTitle sku quantity isGiftCard
		customAttributes { key value }
		image { url }
		originalUnitPriceSet { ...Money }
		totalDiscountSet { ...Money }
		taxLines(first: 3) { title rate priceSet { ...Money } }
		discountAllocations { allocatedAmountSet { ...Money } discountApplication { index } }
	}
	pageInfo { hasNextPage endCursor }
}`;

export const CHANGED_ORDERS = `query ChangedOrders($query: String!, $after: String) {
	orders(first: 50, after: $after, query: $query, sortKey: UPDATED_AT) {
		nodes { ...Brief }
		pageInfo { hasNextPage endCursor }
	}
}
${BRIEF}`;

export const LATEST_ORDERS = `query LatestOrders($first: Int!, $after: String) {
	orders(first: $first, after: $after, sortKey: CREATED_AT, reverse: true) {
		nodes { ...Brief }
		pageInfo { hasNextPage endCursor }
	}
}
${BRIEF}`;

export const ORDER = `query Order($id: ID!) {
	order(id: $id) {
		id name email phone createdAt updatedAt cancelledAt cancelReason test tags note taxesIncluded
		customerLocale currencyCode presentmentCurrencyCode statusPageUrl paymentGatewayNames discountCodes
		displayFinancialStatus displayFulfillmentStatus
		customAttributes { key value }
		totalPriceSet { ...Money }
		subtotalPriceSet { ...Money }
		totalTaxSet { ...Money }
		totalDiscountsSet { ...Money }
		totalShippingPriceSet { ...Money }
		originalTotalDutiesSet { ...Money }
		currentTotalPriceSet { ...Money }
		totalOutstandingSet { ...Money }
		totalTipReceivedSet { ...Money }
		taxLines { title rate priceSet { ...Money } }
		customer {
			id firstName lastName locale numberOfOrders
			defaultEmailAddress { emailAddress }
			defaultPhoneNumber { phoneNumber marketingState }
			defaultAddress { ...Address }
		}
		shippingAddress { ...Address }
		billingAddress { ...Address }
		shippingLines(first: 5) {
			nodes {
				title isRemoved
				originalPriceSet { ...Money }
				taxLines { title rate priceSet { ...Money } }
				discountAllocations { allocatedAmountSet { ...Money } discountApplication { index } }
			}
		}
		discountApplications(first: 10) {
			nodes {
				index
				... on DiscountCodeApplication { code }
				... on ManualDiscountApplication { title }
				... on AutomaticDiscountApplication { title }
				... on ScriptDiscountApplication { title }
			}
		}
		transactions(first: 20) { kind status processedAt }
		fulfillments(first: 20) {
			id name status displayStatus createdAt updatedAt
			trackingInfo(first: 1) { company number url }
		}
		refunds(first: 20) { id }
		lineItems(first: 20) { ...Lines }
	}
}
${MONEY}
${ADDRESS}
${LINES}`;

export const MORE_LINES = `query MoreLines($id: ID!, $after: String) {
	order(id: $id) { lineItems(first: 30, after: $after) { ...Lines } }
}
${MONEY}
${LINES}`;

export const REFUND = `query Refund($id: ID!) {
	refund(id: $id) {
		id createdAt note
		transactions(first: 10) { nodes { kind status amountSet { ...Money } } }
		refundLineItems(first: 40) {
			nodes { quantity subtotalSet { ...Money } totalTaxSet { ...Money } lineItem { title originalUnitPriceSet { ...Money } } }
		}
		refundShippingLines(first: 5) { nodes { subtotalAmountSet { ...Money } } }
		orderAdjustments(first: 10) { nodes { reason amountSet { ...Money } taxAmountSet { ...Money } } }
	}
}
${MONEY}`;

export const SHOP = `query Shop { shop { name myshopifyDomain } }`;

export const SUBSCRIPTIONS = `query Subscriptions($after: String) {
	webhookSubscriptions(first: 100, after: $after) {
		nodes { id topic uri format }
		pageInfo { hasNextPage endCursor }
	}
}`;

export const SUBSCRIBE = `mutation Subscribe($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) {
	webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhookSubscription) {
		webhookSubscription { id }
		userErrors { field message }
	}
}`;

export const MEND_SUBSCRIPTION = `mutation MendSubscription($id: ID!, $webhookSubscription: WebhookSubscriptionInput!) {
	webhookSubscriptionUpdate(id: $id, webhookSubscription: $webhookSubscription) {
		webhookSubscription { id }
		userErrors { field message }
	}
}`;

export const ADD_TAGS = `mutation AddTags($id: ID!, $tags: [String!]!) {
	tagsAdd(id: $id, tags: $tags) {
		node { id }
		userErrors { field message }
	}
}`;

export const ORDER_NOTE = `query OrderNote($id: ID!) { order(id: $id) { note } }`;

export const WRITE_NOTE = `mutation WriteNote($input: OrderInput!) {
	orderUpdate(input: $input) {
		order { id }
		userErrors { field message }
	}
}`;
