import { ADDRESS, adminOf, openFakeShop, SECRET } from './admin-shop';

const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'order.restored'];
let open: Awaited<ReturnType<typeof openFakeShop>>;
beforeEach(async () => {
	open = await openFakeShop();
});
afterEach(() => open.shop.close());
const writes = () => open.shop.requests.filter(({ method }) => method !== 'GET');

test('all that is needed is put in place, signed with the first secret', async () => {
	expect(await open.admin.subscribe(ADDRESS)).toEqual({ present: [], created: TOPICS, mended: [], refused: [] });
	expect(open.shop.webhooks.all).toMatchObject(
		TOPICS.map((topic) => ({ topic, delivery_url: ADDRESS, secret: SECRET, status: 'active' })),
	);
	expect(open.shop.webhooks.all.map(({ name }) => name)).toContain('messlo-bridge boutique order.created');
});

test('what is there is left as it is', async () => {
	await open.admin.subscribe(ADDRESS);
	open.shop.requests.length = 0;
	expect(await open.admin.subscribe(ADDRESS)).toEqual({ present: TOPICS, created: [], mended: [], refused: [] });
	expect(writes()).toEqual([]);
});

test('after a start those present are given the secret once: the shop never shows the one it has', async () => {
	await open.admin.subscribe(ADDRESS);
	const rotated = adminOf(open.shop.url, { secrets: ['newSecret99', SECRET] });
	expect((await rotated.subscribe(ADDRESS)).present).toEqual(TOPICS);
	await rotated.subscribe(ADDRESS);
	expect(open.shop.webhooks.all.map(({ secret }) => secret)).toEqual(Array(4).fill('newSecret99'));
	expect(writes().filter(({ method }) => method === 'PUT')).toHaveLength(4);
});

test('with a key that may only read, those present stay present', async () => {
	await open.admin.subscribe(ADDRESS);
	open.shop.key.permissions = 'read';
	expect(await adminOf(open.shop.url).subscribe(ADDRESS)).toMatchObject({ present: TOPICS, refused: [] });
	const [first] = open.shop.webhooks.all;
	if (first) first.status = 'disabled';
	const { present, refused } = await adminOf(open.shop.url).subscribe(ADDRESS);
	expect(present).toHaveLength(3);
	expect(refused).toMatchObject([{ topic: 'order.created', reason: expect.stringContaining('Read/Write') }]);
});

test.each(['disabled', 'paused'] as const)('one that is %s is put back', async (status) => {
	await open.admin.subscribe(ADDRESS);
	const webhook = open.shop.webhooks.all[1];
	if (webhook) Object.assign(webhook, { status, secret: 'from-before' });
	expect(await open.admin.subscribe(ADDRESS)).toEqual({
		present: TOPICS.filter((topic) => topic !== 'order.updated'),
		created: [],
		mended: ['order.updated'],
		refused: [],
	});
	expect(webhook).toMatchObject({ status: 'active', secret: SECRET });
	expect(open.shop.webhooks.all).toHaveLength(4);
});

test('one that was removed is made again', async () => {
	await open.admin.subscribe(ADDRESS);
	open.shop.webhooks.all.splice(2, 1);
	expect((await open.admin.subscribe(ADDRESS)).created).toEqual(['order.deleted']);
});

test("others' webhooks are left alone, also of the same topic, also behind the first page", async () => {
	const { webhooks } = open.shop;
	await open.admin.subscribe(ADDRESS);
	const first = webhooks.all[0];
	if (first) first.status = 'disabled';
	for (let number = 0; number < 120; number += 1) {
		const url = number % 2 ? 'https://erp.example/hook' : `${ADDRESS}-two`;
		await webhooks.create({ name: 'ERP', topic: 'order.created', delivery_url: url, secret: 'theirs' });
	}
	const foreign = () => JSON.stringify(webhooks.all.slice(4));
	for (const webhook of webhooks.all.slice(4)) webhook.status = 'disabled';
	const before = foreign();
	expect(await open.admin.subscribe(ADDRESS)).toMatchObject({ mended: ['order.created'], created: [] });
	expect(foreign()).toBe(before);
});

test('the address counts as the same however the shop wrote it', async () => {
	await open.admin.subscribe(ADDRESS);
	for (const webhook of open.shop.webhooks.all) webhook.delivery_url = `${ADDRESS.replace('bridge', 'Bridge')}/`;
	expect((await open.admin.subscribe(ADDRESS)).present).toEqual(TOPICS);
});

test.each(['wit&h', 'quote"d', 'späce', 'a b', ''])(
	'the secret %j is refused before WooCommerce changes it',
	async (secret) => {
		const { refused } = await adminOf(open.shop.url, { secrets: [secret, SECRET] }).subscribe(ADDRESS);
		expect(refused.map(({ topic }) => topic)).toEqual(TOPICS);
		expect(refused[0]?.reason).toMatch(/→/);
		if (secret !== '') expect(refused[0]?.reason).not.toContain(secret);
		expect(open.shop.requests).toEqual([]);
	},
);

test.each([
	['http://localhost:8080/webhooks/woocommerce/b', 'private address'],
	['https://192.168.1.20/webhooks/woocommerce/b', 'private address'],
	['https://10.0.0.7/w', 'private address'],
	['https://172.20.0.7/w', 'private address'],
	['https://bridge.local/w', 'private address'],
	['https://bridge.example.com:8443/w', 'not to 8443'],
	['http://bridge.example.com/w', 'https address'],
	['bridge.example.com', 'server.publicUrl'],
])('the address %s is refused: the shop would take it, and never post there', async (address, words) => {
	const { refused } = await adminOf('https://boutique.example').subscribe(address);
	expect(refused).toHaveLength(4);
	expect(refused[0]?.reason).toContain(words);
});

test.each(['https://bridge.example.com:8080/w', 'https://172.15.0.7/w', 'https://bridge.example.com/w'])(
	'the address %s is asked for',
	async (address) => {
		// Nothing is there to ask: that it is asked at all is the point.
		await expect(adminOf('https://boutique.invalid').subscribe(address)).rejects.toMatchObject({ kind: 'later' });
	},
);

test('one topic that the shop refuses does not cost the others', async () => {
	open.shop.meanwhile(({ body }) => {
		open.shop.state.fault = body['topic'] === 'order.updated' ? 'bad parameter' : undefined;
	});
	const { created, refused } = await open.admin.subscribe(ADDRESS);
	expect(created).toEqual(['order.created', 'order.deleted', 'order.restored']);
	expect(refused).toMatchObject([{ topic: 'order.updated', reason: expect.stringContaining('rest_invalid_param') }]);
});

test('a shop that goes away in between is an error, not a refusal', async () => {
	open.shop.meanwhile(({ body }) => {
		if (body['topic'] === 'order.deleted') open.shop.state.fault = 'server error';
	});
	await expect(open.admin.subscribe(ADDRESS)).rejects.toMatchObject({ kind: 'later' });
	open.shop.meanwhile(undefined);
	open.shop.state.fault = undefined;
	expect(await open.admin.subscribe(ADDRESS)).toMatchObject({
		present: ['order.created', 'order.updated'],
		created: ['order.deleted', 'order.restored'],
	});
});
