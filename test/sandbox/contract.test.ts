import { handlers } from '../../sandbox/src/handlers';
import { CONTRACT } from '../support/contract';
import { openSandbox, templateMessage, textMessage, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'reset'));

const without = (field: string, body: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));

test.each([
	[
		'a plus in the number',
		templateMessage({ contact_no: '+919812345678' }),
		'body.contact_no must match ^[0-9]{6,18}$',
	],
	['no recipient', without('contact_no', templateMessage()), 'body.contact_no is required [as SendTemplate]'],
	['no template', without('templateName', templateMessage()), 'body needs one of templateName, templateId'],
	['no kind', without('messageType', templateMessage()), 'body.messageType is required (one of text, image, document'],
	['an unknown kind', textMessage({ messageType: 'letter' }), 'carousel, but is "letter"'],
	['an address that is none', templateMessage({ mediaUrl: 'invoice.pdf' }), 'body.mediaUrl must be a valid uri'],
	[
		'an object as a variable',
		templateMessage({ templateVariables: { '1': {} } }),
		'body.templateVariables.1 must be of type string or number',
	],
	['no text', without('message', textMessage()), 'body.message is required [as SendTextMessage]'],
	[
		'a place off the globe',
		textMessage({ messageType: 'location', latitude: 91, longitude: 0 }),
		'body.latitude must be <= 90',
	],
])('%s is answered with 400 and named', async (_what, body, reason) => {
	const { status, body: answer } = await sandbox.send(body);
	expect(status).toBe(400);
	expect(answer['message']).toContain(reason);
	expect(await sandbox.list('messages')).toEqual([]);
});

test.each([
	['GET', '/api/whatsapp/messages', undefined, 400, 'query.contact_id is required'],
	['GET', '/api/contacts?page=0', undefined, 400, 'query.page must be >= 1'],
	['GET', '/api/whatsapp/chats?limit=51', undefined, 400, 'query.limit must be <= 50'],
	['GET', '/api/whatsapp/chats?platform=fax', undefined, 400, 'query.platform must be one of "whatsapp"'],
	['POST', '/api/contacts', undefined, 400, 'a body is required (application/json)'],
	['POST', '/api/contacts', '{"phone', 400, 'body is not JSON'],
	['POST', '/api/contacts', { phone_number: 'Ana' }, 400, 'body.phone_number must match'],
	['PUT', '/api/contacts/665f1c2ab7d1c8a5f0e42001', {}, 400, 'body must NOT have fewer than 1 properties'],
	['POST', '/api/template/create', { template_name: 'A B' }, 400, 'body.template_name must match'],
	['GET', '/api/nothing', undefined, 404, '/api/nothing is not a path of the contract'],
	['PATCH', '/api/contacts', undefined, 405, 'only GET, POST'],
])('%s %s', async (method, path, body, status, reason) => {
	const answer = await sandbox.api(method, path, body);
	expect([answer.status, answer.body['success']]).toEqual([status, false]);
	expect(answer.body['message']).toContain(reason);
});

test('every operation of the contract has a handler, and nothing else has', () => {
	const known = CONTRACT.map(({ operationId }) => operationId);
	expect(Object.keys(handlers).sort()).toEqual([...known].sort());
	expect(known).toHaveLength(174);
});

test('a button without its address is named by its place in the list', async () => {
	const { body } = await sandbox.api('POST', '/api/template/create', {
		waba_id: '102290129340398',
		template_name: 'see_shop',
		category: 'MARKETING',
		language: 'en_US',
		message_body: 'See the shop.',
		buttons: [{ type: 'website', text: 'Shop' }],
	});
	expect(body['message']).toBe('body.buttons.0.website_url is required [as TemplateCta]');
});

test('a body that is not JSON by its header is refused', async () => {
	const headers = { 'x-api-key': 'sandbox-api-key', 'content-type': 'text/plain' };
	const { status, body } = await sandbox.call('POST', '/api/contacts', '{"phone_number":"+919812345678"}', headers);
	expect([status, body['message']]).toEqual([400, 'content-type must be application/json, but is text/plain']);
});

test('every request is recorded with its verdict and its answer', async () => {
	await sandbox.send(templateMessage());
	await sandbox.send(templateMessage({ mediaUrl: 'nope' }));
	await sandbox.api('GET', '/api/contacts?limit=5');
	const [good, bad, ...rest] = await sandbox.list('requests?operation=sendMessage');
	expect(rest).toEqual([]);
	expect(good).toMatchObject({
		at: '2026-06-01T08:00:00.000Z',
		method: 'POST',
		path: '/api/whatsapp/send',
		operationId: 'sendMessage',
		variant: 'SendTemplate',
		key: 'ok',
		contract: { ok: true, problems: [] },
		body: templateMessage(),
		status: 400,
	});
	expect(bad).toMatchObject({ contract: { ok: false }, status: 400 });
	expect(await sandbox.list('requests')).toHaveLength(3);
});
