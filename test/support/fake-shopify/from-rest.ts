/* A webhook's order as the Admin API's GraphQL tells it: the other way round than the bridge does it. */

// The fixtures are Shopify's own documents; whoever plays Shopify may take them at their word.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Rest = Record<string, any>;

export const gid = (kind: string, id: unknown): string => `gid://shopify/${kind}/${String(id)}`;

/** GraphQL drops zeros: "499.00" is "499.0". */
const decimal = (amount: unknown): string => {
	const [whole = '0', fraction = ''] = String(amount).split('.');
	return `${whole}.${fraction.replace(/0+$/, '') || '0'}`;
};
const money = (given: Rest) => ({ amount: decimal(given['amount']), currencyCode: given['currency_code'] });

/** An amount without a set is in the shop's currency, for the buyer as well. */
const bag = (set: Rest | null | undefined, plain?: unknown, currency?: string) => {
	if (set) return { shopMoney: money(set['shop_money']), presentmentMoney: money(set['presentment_money']) };
	if (plain == null) return null;
	const both = { amount: decimal(plain), currencyCode: currency };
	return { shopMoney: both, presentmentMoney: both };
};
const list = (given: unknown): Rest[] => (Array.isArray(given) ? (given as Rest[]) : []);
const upper = (word: unknown) => (typeof word === 'string' ? word.toUpperCase() : null);

const address = (given: Rest | null | undefined) =>
	given && {
		firstName: given['first_name'],
		lastName: given['last_name'],
		name: given['name'],
		company: given['company'],
		address1: given['address1'],
		address2: given['address2'],
		city: given['city'],
		province: given['province'],
		zip: given['zip'],
		countryCodeV2: given['country_code'],
		phone: given['phone'],
	};
const attributes = (given: unknown) => list(given).map(({ name, value }) => ({ key: name, value }));
const taxes = (given: unknown, currency: string) =>
	list(given).map((tax) => ({
		title: tax['title'],
		rate: Number(tax['rate']),
		priceSet: bag(tax['price_set'], tax['price'], currency),
	}));
const allocations = (given: unknown, currency: string) =>
	list(given).map((share) => ({
		allocatedAmountSet: bag(share['amount_set'], share['amount'], currency),
		discountApplication: { index: share['discount_application_index'] },
	}));

const line = (given: Rest, currency: string) => ({
	id: gid('LineItem', given['id']),
	title: given['title'],
	variantTitle: given['variant_title'],
	sku: given['sku'],
	quantity: given['quantity'],
	isGiftCard: given['gift_card'] === true,
	customAttributes: attributes(given['properties']),
	image: null,
	originalUnitPriceSet: bag(given['price_set'], given['price'], currency),
	totalDiscountSet: bag(given['total_discount_set'], given['total_discount'], currency),
	taxLines: taxes(given['tax_lines'], currency),
	discountAllocations: allocations(given['discount_allocations'], currency),
});

export function orderNode(given: Rest): Rest {
	const currency = String(given['currency']);
	const set = (name: string) => bag(given[`${name}_set`], given[name], currency);
	const customer = given['customer'] as Rest | null | undefined;
	const sms = customer?.['sms_marketing_consent'] as Rest | null | undefined;
	return {
		id: gid('Order', given['id']),
		name: given['name'],
		email: given['email'] || given['contact_email'] || null,
		phone: given['phone'],
		createdAt: given['created_at'],
		updatedAt: given['updated_at'],
		cancelledAt: given['cancelled_at'],
		cancelReason: upper(given['cancel_reason']),
		test: given['test'] === true,
		tags: String(given['tags'] ?? '')
			.split(', ')
			.filter(Boolean),
		note: given['note'],
		taxesIncluded: given['taxes_included'],
		customerLocale: given['customer_locale'],
		currencyCode: currency,
		presentmentCurrencyCode: given['presentment_currency'] ?? currency,
		statusPageUrl: given['order_status_url'],
		paymentGatewayNames: given['payment_gateway_names'] ?? [],
		discountCodes: list(given['discount_codes']).map(({ code }) => code as string),
		displayFinancialStatus: upper(given['financial_status']),
		displayFulfillmentStatus:
			given['fulfillment_status'] === 'partial'
				? 'PARTIALLY_FULFILLED'
				: (upper(given['fulfillment_status']) ?? 'UNFULFILLED'),
		customAttributes: attributes(given['note_attributes']),
		totalPriceSet: set('total_price'),
		subtotalPriceSet: set('subtotal_price'),
		totalTaxSet: set('total_tax'),
		totalDiscountsSet: set('total_discounts'),
		totalShippingPriceSet: set('total_shipping_price'),
		originalTotalDutiesSet: set('original_total_duties'),
		currentTotalPriceSet: set('current_total_price'),
		totalOutstandingSet: set('total_outstanding'),
		totalTipReceivedSet: set('total_tip_received'),
		taxLines: taxes(given['tax_lines'], currency),
		customer: customer && {
			id: gid('Customer', customer['id']),
			firstName: customer['first_name'],
			lastName: customer['last_name'],
			locale: customer['locale'],
			numberOfOrders: customer['orders_count'] === undefined ? null : String(customer['orders_count']),
			defaultEmailAddress: customer['email'] ? { emailAddress: customer['email'] } : null,
			defaultPhoneNumber:
				customer['phone'] || sms ? { phoneNumber: customer['phone'], marketingState: upper(sms?.['state']) } : null,
			defaultAddress: address(customer['default_address']),
		},
		shippingAddress: address(given['shipping_address']),
		billingAddress: address(given['billing_address']),
		shippingLines: list(given['shipping_lines']).map((each) => ({
			title: each['title'],
			isRemoved: each['is_removed'] === true,
			originalPriceSet: bag(each['price_set'], each['price'], currency),
			taxLines: taxes(each['tax_lines'], currency),
			discountAllocations: allocations(each['discount_allocations'], currency),
		})),
		discountApplications: list(given['discount_applications']).map(({ code, title, description }, index) => ({
			index,
			...(code === undefined ? { title: title ?? description } : { code }),
		})),
		transactions: list(given['transactions']).map((each) => ({
			kind: upper(each['kind']),
			status: upper(each['status']),
			processedAt: each['processed_at'],
		})),
		fulfillments: list(given['fulfillments']).map(fulfillmentNode),
		refunds: list(given['refunds']).map((each) => refundNode(each, currency)),
		lineItems: list(given['line_items']).map((each) => line(each, currency)),
	};
}

const fulfillmentNode = (given: Rest) => ({
	id: gid('Fulfillment', given['id']),
	name: given['name'],
	status: upper(given['status']),
	displayStatus: upper(given['shipment_status']) ?? 'FULFILLED',
	createdAt: given['created_at'],
	updatedAt: given['updated_at'],
	trackingInfo: given['tracking_number']
		? [{ company: given['tracking_company'], number: given['tracking_number'], url: given['tracking_url'] }]
		: [],
});

export const refundNode = (given: Rest, currency: string) => ({
	id: gid('Refund', given['id']),
	createdAt: given['created_at'],
	note: given['note'],
	transactions: list(given['transactions']).map((each) => ({
		kind: upper(each['kind']),
		status: upper(each['status']),
		amountSet: bag(each['amount_set'], each['amount'], String(each['currency'] ?? currency)),
	})),
	refundLineItems: list(given['refund_line_items']).map((each) => ({
		quantity: each['quantity'],
		subtotalSet: bag(each['subtotal_set'], each['subtotal'], currency),
		totalTaxSet: bag(each['total_tax_set'], each['total_tax'], currency),
		lineItem: line(each['line_item'] as Rest, currency),
	})),
	refundShippingLines: list(given['refund_shipping_lines']).map((each) => ({
		subtotalAmountSet: bag(each['subtotal_amount_set']),
	})),
	orderAdjustments: list(given['order_adjustments']).map((each) => ({
		reason: upper(each['kind']),
		amountSet: bag(each['amount_set'], each['amount'], currency),
		taxAmountSet: bag(each['tax_amount_set'], each['tax_amount'], currency),
	})),
});
