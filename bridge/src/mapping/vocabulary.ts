import type { Variable, Variables } from 'liquidjs';
import type {
	Address,
	Appointment,
	Customer,
	DomainEvent,
	Line,
	Order,
	Refund,
	Reply,
	Shipment,
	Shop,
} from '../domain';
import { suggest } from '../yaml/nearest';
import type { Fault } from './liquid/compile';

/** What may stand behind a name: a plain value, anything, a list of one kind, or named fields. */
type Kind = 'value' | 'any' | { list: Kind } | { fields: Record<string, Kind> };
/** Names that expressions may begin with. */
export type Vocabulary = Readonly<Record<string, Kind>>;

const of = <T>(fields: Record<keyof T & string, Kind>): Kind => ({ fields });
const value = 'value';

const tax = of<Order['taxes'][number]>({ title: value, rate: value, amount: value });
const address = of<Address>({
	name: value,
	company: value,
	line1: value,
	line2: value,
	city: value,
	region: value,
	postcode: value,
	country: value,
	phone: value,
});
const customer = of<Customer>({
	id: value,
	firstName: value,
	lastName: value,
	name: value,
	email: value,
	phone: value,
	orders: value,
});
const line = of<Line>({
	title: value,
	variant: value,
	sku: value,
	hsn: value,
	quantity: value,
	price: value,
	total: value,
	discount: value,
	tax: value,
	taxes: { list: tax },
	imageUrl: value,
	properties: { list: of<{ name: string; value: string }>({ name: value, value }) },
});
const refund = of<Refund>({
	id: value,
	createdAt: value,
	amount: value,
	currency: value,
	note: value,
	lines: { list: of<Refund['lines'][number]>({ title: value, quantity: value, amount: value }) },
});
const shop = of<Shop>({ id: value, name: value, domain: value });
const fulfilment = of<Order['fulfilments'][number]>({
	id: value,
	trackingCompany: value,
	trackingNumber: value,
	trackingUrl: value,
});
const shipment = of<Shipment>({
	id: value,
	trackingCompany: value,
	trackingNumber: value,
	trackingUrl: value,
	status: value,
	name: value,
	estimatedAt: value,
	message: value,
});
const order = of<Order>({
	id: value,
	name: value,
	number: value,
	status: value,
	financialStatus: value,
	fulfilmentStatus: value,
	currency: value,
	total: value,
	subtotal: value,
	tax: value,
	discount: value,
	shipping: value,
	tip: value,
	outstanding: value,
	taxesIncluded: value,
	createdAt: value,
	updatedAt: value,
	cancelledAt: value,
	cancelReason: value,
	paymentMethod: value,
	isCod: value,
	language: value,
	statusUrl: value,
	note: value,
	tags: { list: value },
	attributes: 'any',
	customer,
	billing: address,
	delivery: address,
	shippingMethod: value,
	lines: { list: line },
	taxes: { list: tax },
	discounts: { list: of<Order['discounts'][number]>({ title: value, amount: value }) },
	refunds: { list: refund },
	fulfilments: { list: fulfilment },
	shop,
	phone: value,
	phoneProblem: value,
	marketingConsent: value,
	test: value,
	checkoutToken: value,
});
const event: Kind = {
	fields: { id: value, name: value, source: value, sourceKind: value, occurredAt: value, minutesSinceOrder: value },
};

const person: Kind = { fields: { name: value, email: value } };
const appointment = of<Appointment>({
	id: value,
	title: value,
	description: value,
	location: value,
	start: value,
	end: value,
	allDay: value,
	timezone: value,
	attendees: { list: { fields: { name: value, email: value, status: value } } },
	organizer: person,
	link: value,
	meetingLink: value,
	properties: 'any',
	series: value,
	changed: { list: value },
});
const reminder: Kind = { fields: { minutes: value } };
const reply = of<Reply>({
	button: value,
	payload: value,
	text: value,
	at: value,
	from: value,
	to: { fields: { id: value, mapping: value, template: value } },
});

const always: Vocabulary = { event, shop, payload: 'any' };
const ofOrder: Vocabulary = { ...always, order, customer };

/** The names that an event brings with it. */
function vocabularyOf(name: DomainEvent): Vocabulary {
	if (name === 'shipment.updated') return { ...ofOrder, shipment };
	if (name === 'order.refunded') return { ...ofOrder, refund };
	if (name === 'checkout.abandoned') return { ...ofOrder, checkout: order };
	if (name === 'sheet.row') return { ...always, row: 'any' };
	if (name === 'calendar.reminder') return { ...always, event: 'any', appointment, reminder };
	if (name.startsWith('calendar.')) return { ...always, event: 'any', appointment };
	if (name === 'reply.button') return { ...ofOrder, appointment, row: 'any', reply };
	return ofOrder;
}

/** The names that a mapping of these events may use: any that one of them brings. */
export const vocabularyFor = (events: readonly DomainEvent[]): Vocabulary =>
	Object.assign({}, ...events.map(vocabularyOf)) as Vocabulary;

/** The names that nothing brings, each with the one that was meant. */
export const checkVariables = (globals: Variables, vocabulary: Vocabulary): Fault[] =>
	Object.values(globals).flatMap((variables) => variables.flatMap((variable) => checkPath(variable, vocabulary)));

function checkPath(variable: Variable, vocabulary: Vocabulary): Fault[] {
	let kind: Kind = { fields: vocabulary };
	const walked: string[] = [];
	for (const segment of variable.segments) {
		if (kind === 'any' || typeof segment === 'object') return [];
		const next = step(kind, segment);
		if (next === undefined) {
			const known = namesIn(kind);
			const full = [...walked, String(segment)].join('.');
			return [
				{
					message: `there is no '${full}' here`,
					fix: known.length > 0 ? suggest(String(segment), known) : `'${walked.join('.')}' is a plain value: end there`,
				},
			];
		}
		kind = next;
		walked.push(String(segment));
	}
	return [];
}

function step(kind: Exclude<Kind, 'any'>, segment: string | number): Kind | undefined {
	if (segment === 'size') return value;
	if (kind === 'value') return undefined;
	if ('list' in kind)
		return typeof segment === 'number' || segment === 'first' || segment === 'last' ? kind.list : undefined;
	return Object.hasOwn(kind.fields, segment) ? kind.fields[segment] : undefined;
}

const namesIn = (kind: Exclude<Kind, 'any'>): string[] =>
	kind === 'value' ? [] : 'list' in kind ? ['first', 'last', 'size'] : Object.keys(kind.fields);
