import { DAY, HOUR, MINUTE } from '../../support/clock';
import { type Healing, startHealing } from '../../support/fake-shopify/healing';
import { there } from '../../support/there';

let healing: Healing;
const start = async (keys: string) => (healing = await startHealing(keys));
afterEach(() => healing.stop());

const order = (id: string) => there(healing.shop.orders.get(id));
const tags = (id: string) =>
	String(order(id)['tags'])
		.split(', ')
		.filter((tag) => tag.startsWith('whatsapp-'));
const asked = (name: string) => healing.shop.asked.filter((each) => each === name).length;

test('nothing is written unless it is switched on', async () => {
	const { shop, bridge } = await start('reconcile: { every: 15m }');
	await shop.place();
	await bridge.drain();
	await bridge.later(HOUR);
	expect(asked('AddTags') + asked('WriteNote')).toBe(0);
});

test('the order is tagged with what became of its message, once', async () => {
	const { shop, bridge } = await start('writeBack: { tags: true }');
	const id = await shop.place();
	await bridge.drain();
	expect(tags(id)).toContain('whatsapp-sent');
	for (let round = 0; round < 6; round += 1) await bridge.later(10 * MINUTE);
	const calls = asked('AddTags');
	expect(tags(id)).toEqual(['whatsapp-sent', 'whatsapp-delivered', 'whatsapp-read']);
	await bridge.later(DAY);
	expect(asked('AddTags')).toBe(calls);
	// Shopify tells of our own tags as of any change; nobody is written to for them.
	expect(await bridge.taken()).toHaveLength(1);
});

test('a line of the note says what was sent and when; a failure says why', async () => {
	const { shop, bridge } = await start('writeBack: { notes: true }');
	const good = await shop.place({ note: 'Ring twice' });
	const bad = await shop.place({ phone: null, customer: null, shipping_address: null, billing_address: null });
	await bridge.drain();
	expect(order(good)['note']).toMatch(/^Ring twice\nWhatsApp: cod-confirmation sent 2026-11-20 09:00 UTC \(msg_\d+\)$/);
	expect(order(bad)['note']).toMatch(/WhatsApp: cod-confirmation is held \(msg_\d+\): no number to send to/);
	for (let round = 0; round < 6; round += 1) await bridge.later(10 * MINUTE);
	expect(String(order(good)['note']).split('\n')).toHaveLength(2);
});

test('what waits for one order is written in one call', async () => {
	const { shop, bridge } = await start('writeBack: { tags: true, notes: true }');
	shop.faults.broken.add('AddTags');
	const id = await shop.place();
	await shop.pay(id);
	await shop.fulfil(id);
	await bridge.drain();
	expect(await bridge.taken()).toHaveLength(3);
	shop.faults.broken.clear();
	shop.asked.length = 0;
	await bridge.later(4 * MINUTE);
	expect(asked('WriteNote')).toBe(1);
	expect(String(order(id)['note']).match(/WhatsApp: \S+ sent/g)).toHaveLength(3);
});

test('an order that was deleted, and one that takes no more tags, stop none of the others', async () => {
	const { shop, bridge } = await start('writeBack: { tags: true }');
	const full = await shop.place({ tags: Array.from({ length: 250 }, (_, index) => `t${index}`).join(', ') });
	const deleted = await shop.place();
	const good = await shop.place();
	shop.orders.delete(deleted);
	await bridge.drain();
	expect(tags(good)).toContain('whatsapp-sent');
	expect(tags(full)).toEqual([]);
	for (let round = 0; round < 6; round += 1) await bridge.later(10 * MINUTE);
	const calls = asked('AddTags');
	await bridge.later(DAY);
	expect(asked('AddTags')).toBe(calls);
});

test('a shop that is away for hours is told everything when it is back, and is not called all the time meanwhile', async () => {
	const { shop, bridge } = await start('reconcile: { enabled: false }, writeBack: { tags: true }');
	shop.hooks.add('ORDERS_CREATE', `${bridge.bridge.url}/webhooks/shopify/kaveri`);
	const ids = [await shop.place(), await shop.place(), await shop.place(), await shop.place(), await shop.place()];
	shop.faults.broken.add('AddTags');
	await bridge.drain();
	for (let round = 0; round < 120; round += 1) await bridge.later(MINUTE);
	expect(ids.flatMap(tags)).toEqual([]);
	expect(asked('AddTags')).toBeLessThan(100);
	shop.faults.broken.clear();
	await bridge.later(HOUR);
	for (const id of ids) expect(tags(id)).toContain('whatsapp-sent');
});

test('what was left to write survives a restart', async () => {
	const { shop, bridge } = await start('writeBack: { tags: true }');
	const id = await shop.place();
	shop.faults.broken.add('AddTags');
	await bridge.drain();
	await bridge.bridge.stop();
	shop.faults.broken.clear();
	await bridge.startBridge();
	await bridge.later(MINUTE);
	expect(tags(id)).toContain('whatsapp-sent');
});

test('the button that a buyer pressed under the confirmation becomes a tag of the order', async () => {
	const { shop, bridge } = await start(
		"writeBack: { replies: { 'yes, send it': cod-confirmed, Cancel my order: cod-cancelled } }",
	);
	const [first, second, third] = [await shop.place(), await shop.place(), await shop.place()];
	await bridge.drain();
	const sent = await bridge.control<{ wa_message_id: string; direction: string }[]>('GET', 'messages');
	const outgoing = sent.filter(({ direction }) => direction === 'outgoing');
	const taps = (text: string, message_id = '') =>
		bridge.control('POST', 'inbound', { contact_no: '919876543210', button: { text, message_id } });
	await taps('Yes, send it', outgoing[0]?.wa_message_id);
	await taps('Cancel my order', outgoing[1]?.wa_message_id);
	for (let round = 0; round < 4; round += 1) await bridge.later(MINUTE);
	const marks = [first, second, third].map((id) => String(order(id)['tags']).match(/cod-\w+/g));
	expect(marks).toEqual([['cod-confirmed'], ['cod-cancelled'], null]);
});
