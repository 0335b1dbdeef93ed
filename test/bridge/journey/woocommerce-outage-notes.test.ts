import { HOUR, MINUTE } from '../../support/clock';
import { connectShop, type ConnectedShop } from './woocommerce-outage-bridge';

let connected: ConnectedShop;
beforeEach(async () => {
	connected = await connectShop(', writeBack: { notes: true, tags: true }');
});
afterEach(() => connected.stop());

const notes = (id: number) => connected.shop.orders.get(id).notes.map(({ note }) => note);
async function sell(): Promise<number> {
	const id = connected.shop.orders.place({ status: 'processing' });
	await connected.shop.webhooks.runQueue();
	await connected.bridge.drain();
	return id;
}

test('what became of a message stands at the order, for the merchant alone, and is no change of the order', async () => {
	const { shop, bridge, healed } = connected;
	const id = await sell();
	const { modified } = shop.orders.get(id);
	expect(notes(id)).toEqual([
		expect.stringMatching(/^WhatsApp: order-confirmation sent 2026-11-20 09:00 UTC \(msg_\d+\)\nTag: whatsapp-sent$/),
	]);
	await bridge.later(HOUR);
	await healed();
	const lines = notes(id).flatMap((note) => note.split('\n'));
	expect(lines).toEqual([...new Set(lines)]);
	expect(shop.orders.get(id)).toMatchObject({ modified });
	expect(shop.orders.get(id).notes.every(({ customer_note: isPublic }) => !isPublic)).toBe(true);
	expect(await connected.taken()).toEqual([`${id} order_received`]);
});

test('while the shop is away notes wait, and are written once when it is back', async () => {
	const { shop, bridge } = connected;
	shop.meanwhile(({ path }) => {
		shop.state.fault = path.endsWith('/notes') ? 'server error' : undefined;
	});
	const id = await sell();
	expect(notes(id)).toEqual([]);
	for (let hour = 0; hour < 3; hour += 1) await bridge.later(HOUR);
	expect(bridge.logLines.join('')).toContain('is in trouble itself');
	shop.meanwhile(undefined);
	shop.state.fault = undefined;
	for (let time = 0; time < 3; time += 1) await bridge.later(30 * MINUTE);
	expect(notes(id).filter((note) => note.includes('order-confirmation sent'))).toHaveLength(1);
});

test('an order that is gone stops no note of another', async () => {
	const { shop } = connected;
	const first = shop.orders.place({ status: 'processing' });
	shop.meanwhile(({ path }) => {
		shop.state.fault = path === `orders/${first}/notes` ? 'no such order' : undefined;
	});
	const second = await sell();
	expect(notes(first)).toEqual([]);
	expect(notes(second)).toHaveLength(1);
});
