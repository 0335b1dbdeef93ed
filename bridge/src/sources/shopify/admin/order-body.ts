import type { WholeOrder } from './fetch-order';
import { allocations, plain, set, taxes } from './money-body';
import { fulfilmentBody, lower, refundBody } from './part-body';
import { idOf, type AddressNode, type LineNode } from './shapes';

const address = (given: AddressNode) =>
	given
		? {
				first_name: given.firstName,
				last_name: given.lastName,
				name: given.name,
				company: given.company,
				address1: given.address1,
				address2: given.address2,
				city: given.city,
				province: given.province,
				zip: given.zip,
				country_code: given.countryCodeV2,
				phone: given.phone,
			}
		: null;

const line = (given: LineNode) => ({
	title: given.title,
	variant_title: given.variantTitle,
	sku: given.sku,
	quantity: given.quantity,
	price: plain(given.originalUnitPriceSet),
	price_set: set(given.originalUnitPriceSet),
	total_discount: plain(given.totalDiscountSet),
	total_discount_set: set(given.totalDiscountSet),
	discount_allocations: allocations(given.discountAllocations),
	tax_lines: taxes(given.taxLines),
	properties: given.customAttributes.map(({ key, value }) => ({ name: key, value })),
	image_url: given.image?.url,
	gift_card: given.isGiftCard,
});

/** FULFILLED is "partial" or "fulfilled" in webhooks; whatever is not shipped is null there. */
const FULFILMENT: Record<string, string> = {
	FULFILLED: 'fulfilled',
	PARTIALLY_FULFILLED: 'partial',
	RESTOCKED: 'restocked',
};

/** The body that the shop's webhook about this order would have: the fields that are read, and no others. */
export function orderBody(given: WholeOrder): object {
	const { customer } = given;
	const applications = given.discountApplications.nodes.toSorted((a, b) => a.index - b.index);
	return {
		id: idOf(given.id),
		name: given.name,
		email: given.email,
		phone: given.phone,
		created_at: given.createdAt,
		updated_at: given.updatedAt,
		cancelled_at: given.cancelledAt,
		cancel_reason: lower(given.cancelReason),
		test: given.test,
		tags: given.tags.join(', '),
		note: given.note,
		note_attributes: given.customAttributes.map(({ key, value }) => ({ name: key, value })),
		taxes_included: given.taxesIncluded,
		customer_locale: given.customerLocale,
		currency: given.currencyCode,
		presentment_currency: given.presentmentCurrencyCode,
		order_status_url: given.statusPageUrl,
		payment_gateway_names: given.paymentGatewayNames,
		financial_status: lower(given.displayFinancialStatus),
		fulfillment_status: FULFILMENT[given.displayFulfillmentStatus ?? ''] ?? null,
		total_price: plain(given.totalPriceSet),
		total_price_set: set(given.totalPriceSet),
		subtotal_price: plain(given.subtotalPriceSet),
		subtotal_price_set: set(given.subtotalPriceSet),
		total_tax: plain(given.totalTaxSet),
		total_tax_set: set(given.totalTaxSet),
		total_discounts: plain(given.totalDiscountsSet),
		total_discounts_set: set(given.totalDiscountsSet),
		total_shipping_price_set: set(given.totalShippingPriceSet),
		original_total_duties_set: set(given.originalTotalDutiesSet),
		current_total_price: plain(given.currentTotalPriceSet),
		current_total_price_set: set(given.currentTotalPriceSet),
		total_outstanding: plain(given.totalOutstandingSet),
		total_tip_received: plain(given.totalTipReceivedSet),
		tax_lines: taxes(given.taxLines),
		customer: customer
			? {
					id: idOf(customer.id),
					first_name: customer.firstName,
					last_name: customer.lastName,
					email: customer.defaultEmailAddress?.emailAddress,
					phone: customer.defaultPhoneNumber?.phoneNumber,
					locale: customer.locale,
					orders_count: customer.numberOfOrders == null ? null : Number(customer.numberOfOrders),
					sms_marketing_consent: { state: lower(customer.defaultPhoneNumber?.marketingState) },
					default_address: address(customer.defaultAddress),
				}
			: null,
		shipping_address: address(given.shippingAddress),
		billing_address: address(given.billingAddress),
		line_items: given.lineItems.nodes.map(line),
		shipping_lines: given.shippingLines.nodes.map((each) => ({
			title: each.title,
			price: plain(each.originalPriceSet),
			price_set: set(each.originalPriceSet),
			is_removed: each.isRemoved,
			tax_lines: taxes(each.taxLines),
			discount_allocations: allocations(each.discountAllocations),
		})),
		discount_applications: applications.map(({ code, title }) => ({ code, title })),
		fulfillments: given.fulfillments.map((each) => fulfilmentBody(each, given)),
		refunds: given.refunds.map((each) => refundBody(each, given)),
	};
}
