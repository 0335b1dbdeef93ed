import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminOf, all, openFakeShop } from './admin-shop';

let open: Awaited<ReturnType<typeof openFakeShop>>;
beforeEach(async () => {
	open = await openFakeShop();
});
afterEach(() => open.shop.close());

describe('who the key belongs to', () => {
	test('the name of the shop, by the lightest call that needs the right to read orders', async () => {
		expect(await open.admin.whoAmI()).toEqual({ name: 'Boutique', domain: new URL(open.shop.url).host });
		expect(open.shop.requests).toMatchObject([
			{ method: 'GET', path: 'orders', query: { per_page: '1', _fields: 'id' } },
		]);
	});

	test.each([true, 'by a page' as const])('a site that hides its index (%s) is called by its domain', async (hides) => {
		open.shop.state.hidesSite = hides;
		expect((await open.admin.whoAmI()).name).toBe(new URL(open.shop.url).host);
		const id = open.shop.orders.place();
		expect((await all(open.admin.changedSince(new Date(0)))).map((order) => order.id)).toEqual([String(id)]);
	});

	test('a shop in a folder, over https', async () => {
		const { globalAgent } = await import('node:https');
		const read = (name: string) => readFileSync(join(__dirname, '../../../support/fake-woocommerce', name), 'utf8');
		const { shop, admin } = await openFakeShop({
			folder: '/shop',
			tls: { key: read('key.pem'), cert: read('cert.pem') },
		});
		try {
			await expect(admin.whoAmI()).rejects.toThrow('has no certificate that can be trusted');
			globalAgent.options.ca = read('cert.pem');
			expect((await admin.whoAmI()).name).toBe('Boutique');
		} finally {
			delete globalAgent.options.ca;
			await shop.close();
		}
	});

	test('nothing is asked over http of a shop elsewhere', async () => {
		await expect(adminOf('http://boutique.example').whoAmI()).rejects.toMatchObject({
			kind: 'refused',
			message: expect.stringContaining('could be read on the way'),
		});
	});
});

describe('the newest orders', () => {
	test('newest first, no drafts, nothing from the trash', async () => {
		const { clock, shop, admin } = open;
		const ids = ['processing', 'checkout-draft', 'cancelled', 'processing'].map((status) => {
			clock.advance(60_000);
			return shop.orders.place({ status });
		});
		shop.orders.trash(ids[0] ?? 0);
		expect((await admin.latest(3)).map(({ id }) => id)).toEqual([String(ids[3]), String(ids[2])]);
	});

	test('more than a page of them', async () => {
		const { clock, shop, admin } = open;
		for (let number = 0; number < 230; number += 1) {
			clock.advance(1000);
			shop.orders.place();
		}
		const found = await admin.latest(220);
		expect(found.map(({ id }) => Number(id))).toEqual(Array.from({ length: 220 }, (_, index) => 956 - index));
	});
});

describe('notes at an order', () => {
	test('note and tags are one private note', async () => {
		const id = open.shop.orders.place();
		await open.admin.annotate(String(id), { note: 'WhatsApp: order_paid was read', tags: ['cod-confirmed'] });
		expect(open.shop.orders.get(id).notes).toMatchObject([
			{ note: 'WhatsApp: order_paid was read\nTag: cod-confirmed', customer_note: false },
		]);
	});

	test('what is written already is not written again, however WordPress changed it', async () => {
		const { shop, admin } = open;
		const id = shop.orders.place();
		const note = 'WhatsApp → \\sent\\ & “read” ✓';
		await admin.annotate(String(id), { note });
		await admin.annotate(String(id), { note });
		await admin.annotate(String(id), { note: `${note}\nand delivered` });
		expect(shop.orders.get(id).notes.map((each) => each.note)).toEqual(['WhatsApp → sent & “read” ✓', 'and delivered']);
	});

	test('a note that the buyer got is none of ours', async () => {
		const id = open.shop.orders.place();
		open.shop.orders.addNote(id, 'Sent', true);
		await open.admin.annotate(String(id), { note: 'Sent' });
		expect(open.shop.orders.get(id).notes).toHaveLength(2);
	});

	test('neither a note nor nothing to note is a change of the order', async () => {
		const { clock, shop, admin } = open;
		const id = shop.orders.place();
		const { modified } = shop.orders.get(id);
		clock.advance(60_000);
		await admin.annotate(String(id), { note: 'Sent' });
		await admin.annotate(String(id), { note: ' ', tags: [] });
		expect(shop.orders.get(id)).toMatchObject({ modified, notes: [{ note: 'Sent' }] });
	});

	test('an order that is gone', async () => {
		await expect(open.admin.annotate('999', { note: 'Sent' })).rejects.toMatchObject({ kind: 'gone' });
	});
});
