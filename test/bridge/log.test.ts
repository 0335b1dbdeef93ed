import { DAY, MINUTE, SECOND } from '../support/clock';
import { ADMIN_TOKEN, TestBridge } from '../support/bridge';
import {
	SHOPIFY_SECRET,
	shopifyDeliveries,
	shopifyFixture,
	shopifyFixtureWith,
	signedShopify,
} from '../support/shopify';

const ORDER = 'orders-create.in-phone-only-in-shipping';
const PERSONAL =
	/^(first_name|last_name|name|email|contact_email|phone|address1|address2|company|zip|latitude|longitude|browser_ip|customer_locale)$/;
const OF_A_PERSON = /customer|address|receipt|^root$|client_details/;

/** What a payload says of a person: names, numbers, addresses; each at least five characters long. */
function personal(value: unknown, owner = 'root'): string[] {
	if (Array.isArray(value)) return value.flatMap((each) => personal(each, owner));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, each]: [string, unknown]) => {
		if (typeof each === 'object') return personal(each, key);
		// An order's own name is its number, a line's own name is the product.
		const isPersonal = PERSONAL.test(key) && OF_A_PERSON.test(owner) && !(owner === 'root' && key === 'name');
		return isPersonal && String(each).length >= 5 ? [String(each)] : [];
	});
}

const digits = (text: string): string => text.replace(/\D/g, '');

/** The lines in which a value stands, however a number is grouped. */
function linesWith(lines: readonly string[], value: string): string[] {
	const number = /^[+\d\s().-]+$/.test(value) && digits(value).length >= 8 ? digits(value).slice(-9) : undefined;
	return lines.filter(
		(line) => line.includes(value) || (number !== undefined && line.replace(/[\s().-]/g, '').includes(number)),
	);
}

function expectNone(lines: readonly string[], values: Iterable<string>): void {
	for (const value of new Set(values)) expect([value, ...linesWith(lines, value)]).toEqual([value]);
}

let running: TestBridge | undefined;
afterEach(() => running?.stop());

test('the search finds what it looks for', () => {
	const values = personal(JSON.parse(shopifyFixture(ORDER).toString()));
	expect(values).toContain('Rohit');
	expect(linesWith(['to 98765-43211'], '+91 98765 43211')).toHaveLength(1);
	expect(linesWith(['to +919876543210'], '+91 98765 43211')).toHaveLength(0);
});

test('no line of the log of all our fixtures names a person, a number, an address, a secret or a link', async () => {
	const bridge = (running = await TestBridge.start());
	await bridge.drain();
	const values: string[] = [];
	const post = async (deliveries: ReturnType<typeof shopifyDeliveries>) => {
		for (const { file, topic } of deliveries) {
			await bridge.post(shopifyFixture(file), { topic });
			values.push(...personal(JSON.parse(shopifyFixture(file).toString())));
		}
		await bridge.drain();
	};
	const isRedaction = ({ topic }: { topic: string }) => topic.endsWith('/redact');
	await post(shopifyDeliveries().filter((each) => !isRedaction(each)));
	await bridge.later(5 * SECOND);
	await bridge.later(MINUTE);
	await bridge.later(2 * DAY);
	const sent = await bridge.messages('?limit=200');
	// Last, as they erase what the others left.
	await post(shopifyDeliveries().filter(isRedaction));
	expect(sent.length).toBeGreaterThan(10);
	const links = sent.flatMap(({ mediaUrl }) => (mediaUrl === null ? [] : [mediaUrl.split('/').at(-1) ?? '']));
	expect(links.length).toBeGreaterThan(2);
	const recipients = sent.flatMap(({ to }) => to ?? []);
	expect(bridge.logLines.length).toBeGreaterThan(100);
	expectNone(bridge.logLines, [...values, ...links, ...recipients]);
	expectNone(bridge.logLines, ['sandbox-api-key', SHOPIFY_SECRET, 'older-secret', ADMIN_TOKEN]);
});

test('nor does any line of what goes wrong', async () => {
	const bridge = (running = await TestBridge.start({ apiTimeoutMs: 2000 }));
	const fault = (body: object) => bridge.control('POST', 'faults', [{ operation: 'sendMessage', ...body }]);
	await bridge.drain();
	const order = JSON.parse(shopifyFixture(ORDER).toString()) as { shipping_address: object };
	let id = 0;
	const post = (changes: Record<string, unknown> = {}) =>
		bridge.post(shopifyFixtureWith(ORDER, { id: (id += 1), ...changes }));
	const later = async () => {
		await bridge.drain();
		await bridge.later(MINUTE);
		await bridge.later(MINUTE);
	};

	// The API repeats what it was given, as real ones do.
	const echo =
		'(#131009) Parameter Rohit of +91 98765-43211 (care of rohit@example.com) and https://b.example/documents/abc123.def456.ghi789jkl012mno345pqrs.pdf are not valid';
	for (const status of [400, 404, 418, 422, 429, 500, 503]) {
		await fault({ status, body: { success: false, message: echo } });
		await post();
		await later();
	}
	for (const body of [{ reset: 'before' }, { reset: 'after' }, { delayMs: 4000 }, { garbage: true, status: 502 }]) {
		await fault(body);
		await post();
		await later();
	}
	await bridge.control('POST', 'numbers', { contact_no: '919876543211', behaviour: 'not-on-whatsapp' });
	await post();
	await later();
	await bridge.control('POST', 'numbers', { contact_no: '919876543211', behaviour: 'fails-later' });
	await post();
	await later();
	// Numbers and names that cannot be used.
	for (const phone of ['98765 432', '+91 98765 43211 ext 7', 'call Rohit on 9876543211'])
		await post({ phone, billing_address: null, shipping_address: { ...order.shipping_address, phone } });
	await bridge.post(Buffer.from('{"customer":{"first_name":"Rohit","phone":"+919876543211"'));
	await bridge.post({ customer: { first_name: 'Rohit', phone: '+919876543211' }, email: 'rohit@example.com' });
	const forged = signedShopify(shopifyFixture(ORDER), { secret: 'guessed-secret-of-someone' });
	await bridge.post(forged.body, { headers: forged.headers });
	await fetch(`${bridge.bridge.url}/documents/abc123.def456.ghi789jkl012mno345pqrs.pdf`);
	await bridge.admin('/messages?to=%2B919876543211');
	await bridge.admin('/preview', { method: 'POST', body: '{"mapping":"Rohit' });
	await later();
	await bridge.sandbox.close();
	await post();
	await bridge.drain();

	const held = await bridge.messages('?limit=200');
	expect(new Set(held.map(({ state }) => state)).size).toBeGreaterThan(2);
	expect(held.filter(({ reason }) => reason?.includes('98765-43211')).length).toBeGreaterThan(1);
	const links = held.flatMap(({ mediaUrl }) => (mediaUrl === null ? [] : [mediaUrl.split('/').at(-1) ?? '']));
	expectNone(bridge.logLines, [
		...personal(order),
		...links,
		'Rohit',
		'9876543211',
		'rohit@',
		'ghi789',
		'guessed-secret',
		'+91 98765 432',
	]);
	expectNone(bridge.logLines, ['sandbox-api-key', SHOPIFY_SECRET, 'older-secret', ADMIN_TOKEN]);
});
