import { openSandbox, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'demo', {}));

const id = (last: string): string => `665f1c2ab7d1c8a5f0e41${last}`;
const get = async (path: string) => (await sandbox.api('GET', path)).body['data'];
const post = (path: string, body: unknown = {}) => sandbox.api('POST', path, body);

test('catalogs of a WABA come from Meta, and are linked by their id there', async () => {
	await sandbox.control('POST', 'reset');
	const path = `/api/ecommerce-catalog/waba/${id('001')}`;
	expect(await get(`${path}/catalogs`)).toEqual([]);
	expect(
		(await post('/api/ecommerce-catalog/link-catalog', { waba_id: id('001'), catalog_id: '998877665544332' })).status,
	).toBe(404);
	await post(`${path}/sync-catalogs`);
	const [catalog] = (await get(`${path}/catalogs?search=lamp`)) as { _id: string }[];
	expect(await get(`${path}/linked-catalogs`)).toEqual([]);
	await post('/api/ecommerce-catalog/link-catalog', { waba_id: id('001'), catalog_id: '998877665544332' });
	expect(await get(`${path}/linked-catalogs`)).toMatchObject([{ name: 'Lamps' }]);
	expect(await get(`/api/ecommerce-catalog/catalog/${catalog?._id}/products?search=desk`)).toMatchObject({
		products: [{ retailer_id: 'lamp-1', name: 'Desk lamp' }],
		pagination: { totalItems: 1 },
	});
});

test('products of a shop are pulled, and pushed to a catalog of its own', async () => {
	await sandbox.api('DELETE', '/api/shopify/config');
	expect((await post('/api/shopify/sync')).body['message']).toBe('No Shopify shop is connected');
	await post('/api/shopify/generate-token', { shop_domain: 'a.myshopify.com', client_id: 'a', client_secret: 'b' });
	await post('/api/shopify/sync');
	expect(await get('/api/shopify/products?search=floor')).toMatchObject([{ product_id: '8002' }]);
	const waba_id = id('001');
	expect((await post('/api/shopify/push-to-whatsapp', { waba_id })).status).toBe(400);
	const { body } = await post('/api/shopify/setup-catalog', { waba_id, catalog_name: 'Shop' });
	const catalog = body['data'] as { _id: string; catalog_id: string };
	expect(await get('/api/shopify/catalog-status')).toEqual({ is_linked: true, catalog_id: catalog.catalog_id });
	await post('/api/shopify/push-to-whatsapp', { waba_id, product_ids: ['8002'] });
	expect(await get(`/api/ecommerce-catalog/catalog/${catalog._id}/products`)).toMatchObject({
		products: [{ retailer_id: '8002', name: 'Floor lamp' }],
	});
});

test('cards of a pipeline move, and a contact without one gets one', async () => {
	const stages = async () => {
		const { stages: all } = (await get(`/api/kanban-funnels/${id('011')}`)) as {
			stages: { name: string; items: { global_item_id: string }[] }[];
		};
		return all.map(({ items }) => items.map(({ global_item_id: record }) => record));
	};
	expect(await stages()).toEqual([[id('003')], [], []]);
	await post(`/api/kanban-funnels/${id('011')}/items/move`, { to_stage_id: id('012'), item_id: id('028') });
	expect(await stages()).toEqual([[], [id('003')], []]);
	const { body } = await sandbox.api('GET', '/api/contacts?search=ravi');
	const [ravi] = (body['data'] as { contacts: { _id: string }[] }).contacts;
	await post('/api/contacts/funnel/action', { contact_id: ravi?._id, stage_id: id('012') });
	expect(await stages()).toEqual([[], [id('003'), ravi?._id], []]);
	await sandbox.control('POST', 'demo', {});
	expect(await stages()).toEqual([[id('003')], [], []]);
});

test('a sheet is written and read by ranges; rows without a range come below', async () => {
	const sheet = `/api/google/sheets/${id('01a')}`;
	await post(`${sheet}/values`, { values: [['Ben', 3]] });
	await post(`${sheet}/values`, { range: 'Orders!B2', values: [[13]] });
	expect(await get(sheet)).toEqual({
		values: [
			['Name', 'Lamps'],
			['Ana', 13],
			['Ben', 3],
		],
	});
	expect(await get(`${sheet}?range=A2:A3`)).toMatchObject({ values: [['Ana'], ['Ben']] });
	expect((await sandbox.api('GET', `${sheet}?range=here`)).body['message']).toBe('Unable to parse range: here');
});

test('calendars and sheets are those of their account', async () => {
	expect(await get(`/api/google/accounts/${id('018')}/calendars`)).toMatchObject([{ _id: id('019'), name: 'Visits' }]);
	expect(await get(`/api/google/accounts/${id('018')}/sheets`)).toMatchObject([{ _id: id('01a'), name: 'Orders' }]);
	const end = { summary: 'Visit', start: '2026-07-01T09:00:00Z', end: '2026-07-01T08:00:00Z' };
	expect((await post(`/api/google/calendars/${id('019')}/events`, end)).status).toBe(400);
});

test('steps of a sequence are shown in their order', async () => {
	for (const sort of [2, 1]) {
		await post('/api/sequences/steps', { sequence_id: id('00f'), reply_material_id: id('00c'), sort });
	}
	expect(await get(`/api/sequences/${id('00f')}`)).toMatchObject({
		name: 'First steps',
		steps: [{ sort: 1 }, { sort: 2 }],
	});
});

test('call agents are tied to contacts, by id and by tag', async () => {
	const agentOf = async (contact: string) =>
		((await get(`/api/contacts/${contact}`)) as Record<string, unknown>)['call_agent_id'];
	await post('/api/whatsapp/calling/assign-agent-bulk', { agent_id: id('020'), tag_ids: [id('005')] });
	expect(await agentOf(id('003'))).toBe(id('020'));
	await sandbox.api('DELETE', `/api/whatsapp/calling/remove-agent/${id('003')}`);
	expect(await agentOf(id('003'))).toBeUndefined();
	await post('/api/whatsapp/calling/settings', { phone_number_id: id('002'), enabled: true });
	expect(await get(`/api/whatsapp/calling/settings?phone_number_id=${id('002')}`)).toEqual({ enabled: true });
	expect(await get(`/api/whatsapp/calling/settings?phone_number_id=${id('003')}`)).toEqual({ enabled: false });
});

test('ad sets lie in their campaign, ads in their set', async () => {
	const ad_sets = JSON.stringify([{ name: 'Austin' }]);
	const { body } = await post('/api/facebook-ads', { ad_account_id: 'act_100200', name: 'Zoom', ad_sets });
	const { _id } = body['data'] as { _id: string };
	const [set] = (await get(`/api/facebook-ads/campaigns/${_id}/ad-sets`)) as { _id: string }[];
	await post('/api/facebook-ads/ads', { ad_set_id: set?._id, name: 'Lamp' });
	expect(await get('/api/facebook-ads/hierarchy')).toMatchObject([
		{ name: 'Summer', ad_sets: [{ name: 'Texas', ads: [] }] },
		{ name: 'Zoom', ad_sets: [{ name: 'Austin', ads: [{ name: 'Lamp' }] }] },
	]);
	expect(await get('/api/facebook-ads/targeting/search?type=adinterest&q=lamp')).toMatchObject([{ name: 'Lamps' }]);
	expect((await sandbox.api('GET', `/api/facebook-ads/insights/planet/${_id}`)).status).toBe(400);
});

test('a profile is that of its number', async () => {
	const path = (number: string) => `/api/whatsapp/${id('001')}/phone-numbers/${number}/business-profile`;
	await post(path(id('002')), { about: 'Closed today', new_display_name: 'Lamp House' });
	expect(await get(path('106540352242922'))).toMatchObject({ about: 'Closed today' });
	expect(await get(path(id('003')))).toMatchObject({ about: 'Open 9 to 6' });
	expect((await sandbox.api('GET', path(id('02c')))).status).toBe(404);
	const { body } = await sandbox.api('GET', `/api/whatsapp/${id('001')}/phone-numbers`);
	expect(body['phone_numbers']).toMatchObject([{ verified_name: 'Lamp House' }, { verified_name: 'Acme US' }]);
});

test('use of the plan is counted, on both paths', async () => {
	await post('/api/tags', { label: 'New' });
	const usage = await get('/api/subscriptions/usage');
	expect(usage).toMatchObject({ contacts: { used: 4, limit: 1000 }, campaigns: { used: 1 }, agents: { used: 2 } });
	expect(await get('/api/subscription/usage')).toEqual(usage);
});

test('a form is a draft until it is published', async () => {
	const fields = [{ type: 'text', label: 'Name' }];
	const { body } = await post('/api/forms', { waba_id: id('001'), name: 'Zoo', fields });
	const { _id, meta_status, flow } = body['data'] as { _id: string; meta_status: string; flow: { flow_id: string } };
	expect([meta_status, flow.flow_id]).toEqual(['DRAFT', expect.stringMatching(/^\d{15}$/)]);
	await sandbox.api('PATCH', `/api/forms/${_id}/publish`);
	expect(await get(`/api/forms/${_id}`)).toMatchObject({ meta_status: 'PUBLISHED', flow });
});

test('a deleted contact takes its thread along', async () => {
	await sandbox.api('DELETE', '/api/contacts/delete', { ids: [id('003')] });
	expect(await sandbox.list('messages')).toEqual([]);
	expect(await get('/api/whatsapp/chats')).toEqual([]);
	expect((await sandbox.api('GET', `/api/whatsapp/messages?contact_id=${id('003')}`)).status).toBe(404);
});
