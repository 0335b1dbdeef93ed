import { openSandbox, START, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox({ deliveryMs: { delivered: 1_000, read: 60_000 } })));
afterAll(() => sandbox.close());
beforeEach(async () => {
	await sandbox.control('POST', 'reset');
	await sandbox.control('POST', 'demo', {});
});

const WABA = '665f1c2ab7d1c8a5f0e41001';
const HOUR = 3_600_000;

const campaign = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	name: 'June letter',
	waba_id: WABA,
	template_name: 'monthly_letter',
	recipient_type: 'all_contacts',
	variables_mapping: { '1': 'friend', '2': 'June' },
	...fields,
});
const create = (fields: Record<string, unknown> = {}) => sandbox.api('POST', '/api/campaigns', campaign(fields));

type Shown = Record<string, unknown>;
async function newest(): Promise<Shown> {
	const { body } = await sandbox.api('GET', '/api/campaigns');
	return (body['data'] as { campaigns: Shown[] }).campaigns[0] ?? {};
}
async function done(): Promise<Shown> {
	for (;;) {
		const shown = await newest();
		if (shown['status'] === 'completed' || shown['status'] === 'failed') return shown;
	}
}
const sent = async (): Promise<Shown[]> =>
	(await sandbox.list('messages')).filter(({ sentBy }) => sentBy !== undefined);

test('a campaign for all is sent to each contact once, as a template message', async () => {
	const { status, body } = await create();
	expect([status, body['data']]).toMatchObject([200, { name: 'June letter', status: 'sending' }]);
	expect(await done()).toMatchObject({ status: 'completed', total_contacts: 3, sent_count: 3, failed_count: 0 });
	expect(await sent()).toMatchObject(
		['12025550143', '919812345678', '5511987654321'].map((contact_no) => ({
			contact_no,
			whatsapp_phone_number: '911234567890',
			messageType: 'template',
			templateName: 'monthly_letter',
			header: 'News from Lamp House',
			message: 'Dear friend, here is what is new in June.',
		})),
	);
});

test('what is delivered and read is counted as time goes on', async () => {
	await create();
	await done();
	await sandbox.control('POST', 'clock', { advanceMs: 1_000 });
	expect(await newest()).toMatchObject({ sent_count: 3, delivered_count: 3, read_count: 0 });
	await sandbox.control('POST', 'clock', { advanceMs: 60_000 });
	expect(await newest()).toMatchObject({ delivered_count: 3, read_count: 3 });
});

test('numbers and tags choose who gets it', async () => {
	await create({ recipient_type: 'specific_contacts', contact_numbers: ['12025550150', '12025550150', '12025550151'] });
	expect(await done()).toMatchObject({ total_contacts: 2, sent_count: 2 });
	expect((await sent()).map(({ contact_no: to }) => to)).toEqual(['12025550150', '12025550151']);
	await create({ recipient_type: 'tags', tag_ids: ['665f1c2ab7d1c8a5f0e41005'] });
	expect(await done()).toMatchObject({ total_contacts: 2, sent_count: 2 });
	expect((await sent()).slice(2).map(({ contact_no: to }) => to)).toEqual(['12025550143', '919812345678']);
});

test('who cannot be reached is counted with the reason, and the others get it', async () => {
	await sandbox.control('POST', 'numbers', { contact_no: '919812345678', behaviour: 'opted-out' });
	await sandbox.control('POST', 'numbers', { contact_no: '5511987654321', behaviour: 'fails-later', code: 131049 });
	await create();
	expect(await done()).toMatchObject({
		status: 'completed',
		sent_count: 2,
		failed_count: 1,
		errors: [{ contact_no: '919812345678', code: 131050 }],
	});
	await sandbox.control('POST', 'clock', { advanceMs: 1_000 });
	expect(await newest()).toMatchObject({ sent_count: 2, delivered_count: 1, failed_count: 2 });
});

test('values that do not fit the template make every message fail', async () => {
	await create({ variables_mapping: { '1': 'friend' } });
	const shown = await done();
	expect(shown).toMatchObject({ status: 'failed', sent_count: 0, failed_count: 3 });
	expect(shown['errors']).toMatchObject([{ code: 132000 }, { code: 132000 }, { code: 132000 }]);
});

test.each([
	['an unknown template', { template_name: 'nothing' }, 400, '(#132001)'],
	['a template that waits for approval', { template_name: 'price_change' }, 400, 'is not approved'],
	["another WABA's template", { waba_id: '102290129340399' }, 400, '(#132001)'],
	['an unknown tag', { recipient_type: 'tags', tag_ids: ['665f1c2ab7d1c8a5f0effffff'] }, 404, 'Tag'],
	['no numbers', { recipient_type: 'specific_contacts' }, 400, 'contact_numbers'],
	['no time', { is_scheduled: true }, 400, 'scheduled_at'],
])('%s is refused, and nothing is created', async (_what, fields, status, reason) => {
	const answer = await create(fields);
	expect([answer.status, answer.body['message']]).toEqual([status, expect.stringContaining(reason)]);
	expect(await newest()).toMatchObject({ name: 'Spring letter' });
});

test('a scheduled campaign waits for its time by the clock of the sandbox', async () => {
	const at = new Date(START.getTime() + HOUR).toISOString();
	expect((await create({ is_scheduled: true, scheduled_at: at })).body['data']).toMatchObject({ status: 'scheduled' });
	await sandbox.control('POST', 'clock', { advanceMs: HOUR - 1 });
	expect([await newest(), await sent()]).toMatchObject([{ status: 'scheduled', sent_count: 0 }, []]);
	await sandbox.control('POST', 'clock', { advanceMs: 1 });
	expect(await newest()).toMatchObject({ status: 'completed', sent_count: 3 });
	expect(await sent()).toHaveLength(3);
});

test('a scheduled campaign can be sent at once, and then does not come again', async () => {
	const { body } = await create({ is_scheduled: true, scheduled_at: new Date(START.getTime() + HOUR).toISOString() });
	const { _id } = body['data'] as { _id: string };
	expect((await sandbox.api('POST', `/api/campaigns/${_id}/send`, {})).status).toBe(200);
	await done();
	await sandbox.control('POST', 'clock', { advanceMs: 2 * HOUR });
	expect(await sent()).toHaveLength(3);
});

test('a campaign is not sent twice', async () => {
	await create();
	const { _id } = await done();
	const again = await sandbox.api('POST', `/api/campaigns/${String(_id)}/send`, {});
	expect([again.status, again.body['message']]).toEqual([400, 'Campaign June letter is completed already']);
	expect(await sent()).toHaveLength(3);
});

test('where creating does not start it, sending does', async () => {
	const careful = await openSandbox({ campaigns: 'by-hand' });
	await careful.control('POST', 'demo', {});
	const { body } = await careful.api('POST', '/api/campaigns', campaign());
	const { _id, status } = body['data'] as { _id: string; status: string };
	expect([status, (await careful.list('messages')).filter(({ sentBy }) => sentBy === _id)]).toEqual(['pending', []]);
	const started = await careful.api('POST', `/api/campaigns/${_id}/send`, {});
	expect(started.body['data']).toMatchObject({ status: 'sending' });
	await careful.close();
});

test('media, coupon and offer of a campaign are in its messages', async () => {
	await create({ template_name: 'sale_banner', media_url: 'https://cdn.example.com/banner.jpg' });
	await done();
	await create({ template_name: 'sale_coupon', coupon_code: 'JUNE15' });
	await done();
	await create({ template_name: 'sale_offer', coupon_code: 'JUNE20', offer_expiration_minutes: 120 });
	await done();
	const [banner, coupon, offer] = (await sent()).filter((_, index) => index % 3 === 0);
	expect(banner).toMatchObject({ media: { kind: 'image', name: 'banner.jpg' } });
	expect(coupon).toMatchObject({ buttons: [{ kind: 'copy', text: 'Copy code', value: 'JUNE15' }] });
	expect(offer).toMatchObject({
		offer: { text: '15% off', expiresAt: '2026-06-01T10:00:00.000Z' },
		buttons: [{ kind: 'copy', value: 'JUNE20' }],
	});
});

test('cards come from the template, with the pictures of the campaign', async () => {
	await create({
		template_name: 'lamp_cards',
		carousel_cards_data: [
			{ media_url: 'https://cdn.example.com/menu.jpg' },
			{ media_url: 'https://cdn.example.com/lamp2.jpg' },
		],
	});
	await done();
	const [message] = await sent();
	expect(message?.['cards']).toMatchObject([
		{ text: 'Desk lamp', media: { name: 'menu.jpg' }, buttons: [{ kind: 'reply', text: 'I want the desk lamp' }] },
		{ text: 'Floor lamp', media: { name: 'lamp2.jpg' } },
	]);
	await create({
		template_name: 'lamp_cards',
		carousel_cards_data: [{ media_url: 'https://cdn.example.com/menu.jpg' }],
	});
	expect((await done())['errors']).toMatchObject([{ code: 132012 }, {}, {}]);
});

test('uploaded pictures become cards, and are served', async () => {
	const form = new FormData();
	const values = campaign({ template_name: 'lamp_cards', recipient_type: 'specific_contacts' });
	for (const [name, value] of Object.entries({ ...values, contact_numbers: ['12025550150'] })) {
		form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
	}
	const pictures = ['first', 'second'].map((text) =>
		Buffer.from(`ffd8ffe0${Buffer.from(text).toString('hex')}`, 'hex'),
	);
	for (const [index, bytes] of pictures.entries()) {
		form.append('file_url', new File([bytes], `card${index}.jpg`, { type: 'image/jpeg' }));
	}
	const answer = await fetch(`${sandbox.url}/api/campaigns`, {
		method: 'POST',
		headers: { 'x-api-key': 'sandbox-api-key' },
		body: form,
	});
	expect(answer.status).toBe(200);
	await done();
	const [message] = await sent();
	const cards = message?.['cards'] as { media: { name: string; href: string } }[];
	expect(cards.map(({ media }) => media.name)).toEqual(['card0.jpg', 'card1.jpg']);
	const served = await fetch(sandbox.url + String(cards[1]?.media.href));
	expect(Buffer.from(await served.arrayBuffer())).toEqual(pictures[1]);
});

test.each([
	[
		'numbers that are no list',
		{ contact_numbers: '"12025550150"' },
		'body.contact_numbers must be a list as JSON text',
	],
	['values that are no JSON', { variables_mapping: '{1' }, 'body.variables_mapping must be an object as JSON text'],
	['no numbers', { contact_numbers: '[]' }, 'body.contact_numbers is required'],
])('a form with %s is refused', async (_what, fields, reason) => {
	const form = new FormData();
	const values = { ...campaign({ recipient_type: 'specific_contacts', variables_mapping: '{}' }), ...fields };
	for (const [name, value] of Object.entries(values)) form.append(name, String(value));
	form.append('file_url', new File(['x'], 'a.jpg', { type: 'image/jpeg' }));
	const answer = await fetch(`${sandbox.url}/api/campaigns`, {
		method: 'POST',
		headers: { 'x-api-key': 'sandbox-api-key' },
		body: form,
	});
	expect([answer.status, await answer.json()]).toMatchObject([400, { message: reason }]);
});

test('products of a catalog become cards; one that is not in it is told', async () => {
	const catalog_id = '998877665544332';
	await create({ carousel_products: [{ product_retailer_id: 'lamp-2', catalog_id }] });
	await done();
	expect((await sent())[0]?.['cards']).toMatchObject([{ title: 'Floor lamp', text: '119.00 USD' }]);
	await create({ carousel_products: [{ product_retailer_id: 'lamp-9', catalog_id }] });
	expect((await done())['errors']).toMatchObject([
		{ message: `Product lamp-9 is not in catalog ${catalog_id}` },
		{},
		{},
	]);
});

test('a campaign for another channel reaches its people only', async () => {
	await sandbox.api('POST', '/api/campaigns', campaign({ platform: 'telegram', waba_id: undefined }));
	expect(await done()).toMatchObject({ total_contacts: 1, sent_count: 1 });
	expect(await sent()).toMatchObject([{ message: 'Dear friend, news of June.' }]);
});
