import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personKey } from '../../../bridge/src/phone';
import { DAY, MINUTE } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');
const PHONE = '+919876543211';
const storeKey = Buffer.alloc(32, 7).toString('base64');

/** Every way in which a text may stand in a file: as it is, in UTF-16, in hexadecimal digits, in base64 at each of the three offsets. */
function spellings(text: string): Buffer[] {
	const bytes = Buffer.from(text);
	const inBase64 = [0, 1, 2].map((offset) => {
		const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
		// Without the characters that depend on what stands before and after.
		return whole.slice(offset === 0 ? 0 : offset + 1, whole.length - 1 - ((bytes.length + offset) % 3 === 0 ? 0 : 1));
	});
	const hex = bytes.toString('hex');
	return [
		...[text, hex, hex.toUpperCase(), ...inBase64].map((each) => Buffer.from(each)),
		Buffer.from(text, 'utf16le'),
	];
}

/** The texts that stand in any file of the folder, in whatever spelling. */
function leaks(folder: string, texts: readonly string[]): string[] {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return files.flatMap((entry) => {
		const content = readFileSync(join(entry.parentPath, entry.name));
		return texts
			.filter((text) => spellings(text).some((each) => content.includes(each)))
			.map((text) => `${entry.name}: ${text}`);
	});
}

const order = JSON.parse(ORDER.toString()) as { shipping_address: { name: string; address1: string }; email: string };
const PERSONAL = [
	PHONE.slice(1),
	PHONE.slice(3),
	order.shipping_address.name,
	order.shipping_address.address1,
	order.email,
	'"line_items"',
	personKey(PHONE),
	'%PDF',
];

describe('a sealed ledger', () => {
	let bridge: TestBridge;
	beforeEach(async () => {
		bridge = await TestBridge.start({ storeKey });
	});
	afterEach(() => bridge.stop());

	test('what looks for leaks finds them in a ledger that is not sealed', async () => {
		const plain = await TestBridge.start();
		await plain.post(ORDER);
		await plain.drain();
		const found = leaks(plain.folder, PERSONAL).join('\n');
		for (const text of PERSONAL) expect(found).toContain(text);
		await plain.stop();
		expect(spellings('919876543211').some((each) => Buffer.from('wamid.HBgMOTE5ODc2NTQzMjExFQIA').includes(each))).toBe(
			true,
		);
	});

	test('no file of it has the number, the name or a piece of the body, on the way and after; and everything works', async () => {
		const fault = {
			operation: 'sendMessage',
			status: 503,
			body: { message: `cannot reach ${PHONE}, ${order.shipping_address.name}` },
		};
		await bridge.control('POST', 'faults', [fault]);
		await bridge.post(ORDER);

		expect(leaks(bridge.folder, PERSONAL)).toEqual([]);
		await bridge.drain();
		expect(leaks(bridge.folder, PERSONAL)).toEqual([]);
		await bridge.later(MINUTE);
		await bridge.later(MINUTE);
		const [message] = await bridge.messages(`?to=${encodeURIComponent(PHONE)}`);
		expect(message).toMatchObject({ to: PHONE, state: 'read' });
		const whole = await bridge.admin<{ attempts: { reason: string }[] }>(`/messages/${message?.id}`);
		expect(whole.attempts.map(({ reason }) => reason).join()).toContain(PHONE);
		expect(
			await bridge.admin(`/suppressions`, { method: 'POST', body: JSON.stringify({ phone: PHONE }) }),
		).toMatchObject({ phone: PHONE });
		const pdf = await fetch(message?.mediaUrl ?? '');
		expect(
			Buffer.from(await pdf.arrayBuffer())
				.subarray(0, 4)
				.toString(),
		).toBe('%PDF');
		expect(await bridge.admin(`/people/${PHONE}`)).toMatchObject({ events: [{ body: ORDER.toString() }] });

		await bridge.bridge.stop();
		expect(leaks(bridge.folder, PERSONAL)).toEqual([]);
		await bridge.startBridge();
		expect((await bridge.messages())[0]).toMatchObject({ to: PHONE, variables: message?.variables });
		expect(await bridge.admin(`/events?q=order`)).toMatchObject({ items: [{ id: 'evt_1' }] });
		expect(await bridge.admin(`/events?q=nowhere`)).toMatchObject({ items: [] });
		expect(await bridge.admin(`/people/${PHONE}`, { method: 'DELETE' })).toEqual({
			events: 1,
			messages: 1,
			documents: 1,
		});
		await bridge.post(ORDER);
		await bridge.drain();
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('a document ends with its link: it is not given any more, and gone from the ledger', async () => {
		await bridge.post(ORDER);
		await bridge.drain();
		const link = (await bridge.messages())[0]?.mediaUrl ?? '';
		await bridge.later(7 * DAY - MINUTE);
		expect((await fetch(link)).status).toBe(200);
		await bridge.later(2 * MINUTE);
		expect((await fetch(link)).status).toBe(410);
		expect(await bridge.admin(`/people/${PHONE}`, { method: 'DELETE' })).toMatchObject({ documents: 0 });
	});
});
