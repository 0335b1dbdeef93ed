import type { Line, Order } from '../../bridge/src/domain';

/**
 * Complete orders in the words of the domain, one a market; the amounts of each add up.
 * `buildOrder` is the Indian cash-on-delivery order of the fixtures (#1042); overrides replace whole fields.
 */
export function buildOrder(overrides: Partial<Order> = {}): Order {
	const home = {
		name: 'अनुष्का कृष्णमूर्ति',
		line1: 'फ्लैट ३०२, शिवाजी नगर',
		city: 'पुणे',
		region: 'Maharashtra',
		postcode: '411005',
		country: 'IN',
		phone: '+91 98765 43210',
	};
	return {
		id: '5678901234567890123',
		name: '#1042',
		number: '1042',
		status: 'open',
		financialStatus: 'pending',
		currency: 'INR',
		total: '7216.90',
		subtotal: '6798.00',
		tax: '339.90',
		discount: '0.00',
		shipping: '79.00',
		tip: '0.00',
		outstanding: '7216.90',
		taxesIncluded: false,
		createdAt: '2026-11-20T14:05:11+05:30',
		updatedAt: '2026-11-20T14:05:12+05:30',
		paymentMethod: 'Cash on Delivery (COD)',
		isCod: true,
		language: 'en-IN',
		tags: [],
		attributes: { whatsapp_opt_in: 'yes', gift_message: 'शुभ दीपावली ✨' },
		customer: {
			id: '7654321098765432109',
			firstName: 'अनुष्का',
			lastName: 'कृष्णमूर्ति',
			name: 'अनुष्का कृष्णमूर्ति',
			email: 'anushka@example.com',
			orders: 3,
		},
		billing: home,
		delivery: home,
		shippingMethod: 'Standard',
		lines: [
			buildLine({
				title: 'Cotton kurta',
				variant: 'Indigo / M',
				sku: 'KH-KUR-IND-M',
				hsn: '6211',
				price: '1299.00',
				total: '1299.00',
				tax: '64.95',
				taxes: [{ title: 'IGST', rate: '0.05', amount: '64.95' }],
			}),
			buildLine({
				title: 'बनारसी रेशम साड़ी',
				sku: 'KH-SAR-07',
				hsn: '5007',
				price: '5499.00',
				total: '5499.00',
				tax: '274.95',
				taxes: [{ title: 'IGST', rate: '0.05', amount: '274.95' }],
			}),
		],
		taxes: [{ title: 'IGST', rate: '0.05', amount: '339.90' }],
		discounts: [],
		refunds: [],
		fulfilments: [],
		shop: { id: 'acme', name: 'Kaveri Handlooms', domain: 'acme.myshopify.com' },
		phone: '+919876543210',
		test: false,
		...overrides,
	};
}

/** One piece at 100.00 with no tax and no discount, unless said. */
export function buildLine(overrides: Partial<Line> = {}): Line {
	return {
		title: 'Cotton kurta',
		quantity: 1,
		price: '100.00',
		total: '100.00',
		discount: '0.00',
		tax: '0.00',
		taxes: [],
		properties: [],
		...overrides,
	};
}
