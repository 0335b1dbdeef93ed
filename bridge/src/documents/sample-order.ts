import type { Order } from '../domain';

/** An order of nobody, for the sample that WhatsApp looks at while it approves a template, and for merchants who change a layout. */
export const SAMPLE_ORDER: Order = {
	id: '1001',
	name: '#1001',
	number: '1001',
	status: 'paid',
	currency: 'USD',
	total: '64.50',
	subtotal: '60.00',
	tax: '4.50',
	discount: '5.00',
	shipping: '5.00',
	tip: '0.00',
	taxesIncluded: false,
	createdAt: '2026-01-15T10:30:00Z',
	updatedAt: '2026-01-15T10:30:00Z',
	paymentMethod: 'Card',
	isCod: false,
	language: 'en-US',
	tags: [],
	attributes: {},
	customer: { firstName: 'Ana', lastName: 'Lima', name: 'Ana Lima' },
	delivery: {
		name: 'Ana Lima',
		line1: '1 Sample Street',
		city: 'Springfield',
		region: 'Oregon',
		postcode: '97477',
		country: 'US',
	},
	shippingMethod: 'Standard',
	lines: [
		line('Ceramic mug', 'Blue', 'MUG-B', 2, '15.00', '30.00', '2.25'),
		line('Linen tea towel', undefined, 'TOWEL', 1, '35.00', '35.00', '2.25'),
	],
	taxes: [{ title: 'Sales tax', rate: '0.075', amount: '4.50' }],
	discounts: [{ title: 'WELCOME', amount: '5.00' }],
	refunds: [],
	fulfilments: [],
	shop: { id: 'sample', domain: 'sample.example' },
	test: true,
};

function line(
	title: string,
	variant: string | undefined,
	sku: string,
	quantity: number,
	price: string,
	total: string,
	tax: string,
) {
	return {
		title,
		...(variant === undefined ? {} : { variant }),
		sku,
		quantity,
		price,
		total,
		discount: '0.00',
		tax,
		taxes: [{ title: 'Sales tax', rate: '0.075', amount: tax }],
		properties: [],
	};
}
