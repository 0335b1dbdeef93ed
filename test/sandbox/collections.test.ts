import { openSandbox, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'demo', {}));

const WABA = '665f1c2ab7d1c8a5f0e41001';
const UNKNOWN = '665f1c2ab7d1c8a5f0ffffff';
const id = (last: string): string => `665f1c2ab7d1c8a5f0e41${last}`;

interface Kind {
	name: string;
	create: string;
	body: Record<string, unknown>;
	/** Finds the record again. */
	list: string;
	at?: string;
	record?: string;
	update?: { method: string; path?: string; body: Record<string, unknown> };
	remove?: { method: string; path?: string; many?: true };
}

/** Every collection that is made through the API, with what the contract lets one do to it. `:id` is the new record's. */
const KINDS: readonly Kind[] = [
	{
		name: 'contacts',
		create: '/api/contacts',
		body: { phone_number: '+12025550177', name: 'Zed' },
		list: '/api/contacts?search=zed',
		at: 'contacts',
		record: '/api/contacts/:id',
		update: { method: 'PUT', body: { name: 'Zoe' } },
		remove: { method: 'DELETE', path: '/api/contacts/delete', many: true },
	},
	{ name: 'segments', create: '/api/segments', body: { name: 'Zebra' }, list: '/api/segments?search=zeb' },
	{ name: 'tags', create: '/api/tags', body: { label: 'Zebra' }, list: '/api/tags?search=ZEB' },
	{
		name: 'custom fields',
		create: '/api/custom-fields',
		body: { name: 'zip', label: 'Zip', type: 'text' },
		list: '/api/custom-fields?limit=100',
	},
	{
		name: 'chatbots',
		create: '/api/chatbots',
		body: { waba_id: WABA, name: 'Zara' },
		list: `/api/chatbots?waba_id=${WABA}&search=zara`,
		record: '/api/chatbots/:id',
		update: { method: 'PUT', body: { status: 'inactive' } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'message bots',
		create: '/api/message-bots',
		body: { waba_id: WABA, keywords: ['zebra'], reply_id: id('00c') },
		list: `/api/message-bots?waba_id=${WABA}&search=zebra&status=active`,
		record: '/api/message-bots/:id',
		update: { method: 'PUT', body: { matching_method: 'contains' } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'quick replies',
		create: '/api/quick-replies',
		body: { content: 'Zounds!' },
		list: '/api/quick-replies?search=zounds',
		update: { method: 'PUT', path: '/api/quick-replies/:id', body: { content: 'Zap!' } },
		remove: { method: 'DELETE', path: '/api/quick-replies/delete', many: true },
	},
	{
		name: 'reply materials',
		create: '/api/reply-materials',
		body: { waba_id: WABA, name: 'Zones', content: 'We ship to zone 1.' },
		list: `/api/reply-materials?waba_id=${WABA}&search=zones`,
	},
	{
		name: 'forms',
		create: '/api/forms',
		body: { waba_id: WABA, name: 'Zoo', fields: [{ type: 'text', label: 'Animal' }] },
		list: `/api/forms?waba_id=${WABA}&search=zoo&meta_status=DRAFT`,
		record: '/api/forms/:id',
		update: { method: 'PATCH', body: { description: 'For children' } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'flows',
		create: '/api/automation',
		body: { name: 'Zig', nodes: [{ id: 't', type: 'trigger' }] },
		list: '/api/automation?search=zig&is_active=false',
		record: '/api/automation/:id',
		update: { method: 'PUT', body: { description: 'zag' } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'agents',
		create: '/api/agent/create',
		body: {
			name: 'Zack',
			email: 'zack@example.com',
			password: 'secret-1',
			country_code: '+1',
			phone: '2025550148',
			team_id: id('025'),
		},
		list: '/api/agent/all?search=zack',
		at: 'agents',
		record: '/api/agent/:id',
		update: { method: 'PUT', path: '/api/agent/:id/update/status', body: { status: false } },
	},
	{
		name: 'sequences',
		create: '/api/sequences',
		body: { waba_id: WABA, name: 'Zest' },
		list: `/api/sequences?waba_id=${WABA}`,
		record: '/api/sequences/:id',
		update: { method: 'PUT', body: { is_active: true } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'order webhooks',
		create: '/api/ecommerce-webhook/create',
		body: { webhook_name: 'Zero shop' },
		list: '/api/ecommerce-webhook/list?search=zero&is_active=true',
		at: 'webhooks',
		record: '/api/ecommerce-webhook/:id',
		update: { method: 'PATCH', path: '/api/ecommerce-webhook/:id/toggle', body: { is_active: false } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'api keys',
		create: '/api/api-keys',
		body: { name: 'zulu' },
		list: '/api/api-keys?limit=100',
		remove: { method: 'POST', path: '/api/api-keys/delete', many: true },
	},
	{
		name: 'channels',
		create: '/api/channels/connect',
		body: { platform: 'facebook', workspace_id: id('01b'), access_token: 'x' },
		list: `/api/channels?workspace_id=${id('01b')}&platform=facebook`,
		at: 'connections',
		remove: { method: 'DELETE', path: '/api/channels/:id' },
	},
	{
		name: 'social automations',
		create: '/api/social-automation',
		body: { workspace_id: id('01b'), platform: 'facebook', automation_type: 'post_comment' },
		list: '/api/social-automation?platform=facebook',
		record: '/api/social-automation/:id',
		update: { method: 'PUT', body: { status: 'inactive' } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'ad campaigns',
		create: '/api/facebook-ads',
		body: { ad_account_id: 'act_100200', name: 'Zoom' },
		list: '/api/facebook-ads?search=zoom',
		record: '/api/facebook-ads/:id',
		update: { method: 'POST', path: '/api/facebook-ads/:id/status', body: { status: 'ACTIVE' } },
		remove: { method: 'DELETE' },
	},
	{
		name: 'call agents',
		create: '/api/whatsapp/calling/agents',
		body: { name: 'Zoya' },
		list: '/api/whatsapp/calling/agents?search=zoya',
		record: '/api/whatsapp/calling/agents/:id',
		update: { method: 'PUT', body: { phone: '+12025550149' } },
		remove: { method: 'DELETE', path: '/api/whatsapp/calling/agents', many: true },
	},
	{
		name: 'templates of a channel',
		create: '/api/template/create',
		body: { platform: 'facebook', template_name: 'zeta', message_body: 'Hello' },
		list: '/api/template?platform=facebook',
		update: { method: 'PUT', path: '/api/template/:id', body: { message_body: 'Hi' } },
		remove: { method: 'DELETE', path: '/api/template/:id' },
	},
];

type Entry = Record<string, unknown>;
const dataOf = (body: Entry): Entry => body['data'] as Entry;

async function listed({ list, at }: Kind): Promise<Entry[]> {
	const { body } = await sandbox.api('GET', list);
	const data = at === 'connections' ? body : dataOf(body);
	return (at === undefined ? data : data[at]) as Entry[];
}
const idsOf = (entries: Entry[]): unknown[] => entries.map(({ _id }) => _id);

describe.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
	let made: string;
	beforeEach(async () => {
		const { status, body } = await sandbox.api('POST', kind.create, kind.body);
		expect([status, body['success']]).toEqual([200, true]);
		made = String(dataOf(body)['_id']);
		expect(made).toMatch(/^[0-9a-f]{24}$/);
	});
	const path = (template = ''): string => template.replace(':id', made);

	test('what was created is found again, by itself where it has a path of its own', async () => {
		expect(idsOf(await listed(kind))).toContain(made);
		if (kind.record === undefined) return;
		const { body } = await sandbox.api('GET', path(kind.record));
		const { password: _secret, waba_id: _waba, phone_number: _digits, ...fields } = kind.body;
		expect(dataOf(body)).toMatchObject(fields);
		expect(dataOf(body)['createdAt']).toBe('2026-06-01T08:00:00.000Z');
	});

	if (kind.update) {
		test('a change changes it, and only a record that is there', async () => {
			const { method, path: where = kind.record, body } = kind.update as NonNullable<Kind['update']>;
			const changed = await sandbox.api(method, path(where), body);
			expect([changed.status, dataOf(changed.body)]).toMatchObject([200, { ...body, _id: made }]);
			if (kind.record) expect(dataOf((await sandbox.api('GET', path(kind.record))).body)).toMatchObject(body);
			expect((await sandbox.api(method, where?.replace(':id', UNKNOWN) ?? '', body)).status).toBe(404);
		});
	}

	if (kind.remove) {
		test('what was deleted is gone, and cannot be deleted twice', async () => {
			const { method, path: where = kind.record, many } = kind.remove as NonNullable<Kind['remove']>;
			const remove = () => sandbox.api(method, path(where), many && { ids: [made] });
			expect((await remove()).status).toBe(200);
			expect(idsOf(await listed(kind))).not.toContain(made);
			if (kind.record) expect((await sandbox.api('GET', path(kind.record))).status).toBe(404);
			expect((await remove()).status).toBe(404);
		});
	}
});

test.each([
	['/api/tags', { label: 'REGULAR' }, 'A Tag with the label REGULAR exists already'],
	['/api/segments', { name: 'newsletter' }, 'A Segment with the name newsletter exists already'],
	['/api/custom-fields', { name: 'city', label: 'City', type: 'text' }, 'with the name city exists already'],
	['/api/contacts', { phone_number: '+1 202-555-0143' }, 'A contact with the number 12025550143 exists already'],
])('POST %s twice is refused', async (path, body, reason) => {
	const { status, body: answer } = await sandbox.api('POST', path, body);
	expect([status, answer['message']]).toEqual([400, expect.stringContaining(reason)]);
});

test.each([
	['/api/contacts', { phone_number: '+12025550188', tags: [UNKNOWN] }, `Tag ${UNKNOWN}`],
	['/api/contacts', { phone_number: '+12025550188', segments: [UNKNOWN] }, `Segment ${UNKNOWN}`],
	['/api/chatbots', { waba_id: UNKNOWN, name: 'Zara' }, `WABA ${UNKNOWN}`],
	['/api/message-bots', { waba_id: WABA, keywords: ['a'], reply_id: UNKNOWN }, `Answer ${UNKNOWN}`],
	['/api/sequences/steps', { sequence_id: UNKNOWN, reply_material_id: id('00c') }, `Sequence ${UNKNOWN}`],
	['/api/ecommerce-webhook/665f1c2ab7d1c8a5f0e41013/map-template', { template_id: UNKNOWN }, `Template ${UNKNOWN}`],
	['/api/facebook-ads', { ad_account_id: 'act_1', name: 'Zoom' }, 'Ad account act_1'],
	['/api/industry-packs/apply', { pack_slug: 'zoo' }, 'Industry pack zoo'],
	[
		'/api/whatsapp/assign-chat',
		{ contact_id: id('003'), whatsapp_phone_number_id: id('002'), agent_id: UNKNOWN },
		`Agent ${UNKNOWN}`,
	],
])('POST %s with the id of nothing is refused', async (path, body, what) => {
	const { status, body: answer } = await sandbox.api('POST', path, body);
	expect([status, answer['message']]).toEqual([404, `${what} not found`]);
});

test('a list comes in pages', async () => {
	for (let count = 1; count <= 5; count += 1) await sandbox.api('POST', '/api/tags', { label: `Page ${count}` });
	const { body } = await sandbox.api('GET', '/api/tags?search=page&limit=2&page=3');
	expect((body['data'] as Entry[]).map(({ label }) => label)).toEqual(['Page 5']);
	expect(body['pagination']).toEqual({ totalItems: 5, currentPage: 3, itemsPerPage: 2, totalPages: 3 });
});

test('either id of a WABA finds its records, and no other WABA has them', async () => {
	const names = async (waba: string): Promise<unknown[]> => {
		const { body } = await sandbox.api('GET', `/api/chatbots?waba_id=${waba}`);
		return (body['data'] as Entry[]).map(({ name }) => name);
	};
	expect(await names(WABA)).toEqual(['Lamp adviser']);
	expect(await names('102290129340398')).toEqual(['Lamp adviser']);
	expect(await names('102290129340399')).toEqual([]);
});

test('secrets are kept and not shown', async () => {
	const agent = await sandbox.api('GET', '/api/agent/all?search=mia');
	await sandbox.api('POST', '/api/channels/connect', {
		platform: 'telegram',
		workspace_id: id('01b'),
		bot_token: '123456:hidden',
	});
	const channels = await sandbox.api('GET', `/api/channels?workspace_id=${id('01b')}`);
	await sandbox.api('POST', '/api/shopify/config', { shop_domain: 'a.myshopify.com', client_secret: 'very-hidden' });
	const shop = await sandbox.api('GET', '/api/shopify/config');
	expect(agent.text + channels.text + shop.text).not.toMatch(/password|hidden/);
	expect(shop.body['config']).toMatchObject({ shop_domain: 'a.myshopify.com', client_secret: 'very-h…' });
});

test('a reset leaves nothing of all this', async () => {
	await sandbox.control('POST', 'reset');
	for (const kind of KINDS) expect([kind.name, await listed(kind)]).toEqual([kind.name, []]);
});
