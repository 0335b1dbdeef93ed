import { ANA, openSandbox, templateMessage, templateSeed, type OpenSandbox } from './client';
import { file, serveFiles } from './file-server';
import { smallPdf } from './small-pdf';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(async () => {
	await sandbox.control('POST', 'reset');
});

const definition = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	waba_id: '665f1c2ab7d1c8a5f0e41001',
	template_name: 'order_update',
	category: 'UTILITY',
	language: 'en_US',
	message_body: 'Hello {{1}}, order {{2}} is on its way.',
	variable_examples: [
		{ key: '1', example: 'Ana' },
		{ key: '2', example: '#1042' },
	],
	...fields,
});
const create = (fields?: Record<string, unknown>) => sandbox.api('POST', '/api/template/create', definition(fields));
const idOf = (body: Record<string, unknown>): string => String((body['data'] as { _id: string })._id);

test('numbers and connections have stable ids', async () => {
	const connections = await sandbox.api('GET', '/api/whatsapp/connections');
	const numbers = await sandbox.api('GET', '/api/whatsapp/102290129340398/phone-numbers');
	expect(connections.body).toMatchObject({ data: [{ _id: '665f1c2ab7d1c8a5f0e41001', waba_id: '102290129340398' }] });
	expect(numbers.body).toMatchObject({
		phone_numbers: [{ display_phone_number: '+91 12345 67890', is_primary: true }, {}],
	});
	expect((await sandbox.api('GET', '/api/whatsapp/1/phone-numbers')).status).toBe(404);
});

test('the first message to a number makes its contact', async () => {
	await sandbox.control('POST', 'templates', templateSeed());
	await sandbox.send(templateMessage());
	await sandbox.send(templateMessage());
	expect((await sandbox.api('GET', '/api/contacts')).body).toMatchObject({
		data: { contacts: [{ phone_number: ANA }], pagination: { totalItems: 1 } },
	});
});

test('contacts are created, read, changed and found', async () => {
	const created = await sandbox.api('POST', '/api/contacts', { phone_number: '+1 (202) 555-0143', name: 'Ana Lima' });
	const path = `/api/contacts/${idOf(created.body)}`;
	await sandbox.api('PUT', path, { custom_fields: { interest: 'demo' } });
	expect((await sandbox.api('GET', path)).body).toMatchObject({
		data: { name: 'Ana Lima', phone_number: '12025550143', custom_fields: { interest: 'demo' } },
	});
	const total = async (search: string) => (await sandbox.api('GET', `/api/contacts?search=${search}`)).body['data'];
	expect(await total('lima')).toMatchObject({ pagination: { totalItems: 1 } });
	expect(await total('pedro')).toMatchObject({ pagination: { totalItems: 0 } });
	expect((await sandbox.api('POST', '/api/contacts', { phone_number: '12025550143' })).status).toBe(400);
	expect((await sandbox.api('GET', '/api/contacts/665f1c2ab7d1c8a5f0e4ffff')).status).toBe(404);
});

test('lists come page by page', async () => {
	await sandbox.control('POST', 'templates', templateSeed());
	for (const last of [1, 2, 3, 4, 5]) await sandbox.send(templateMessage({ contact_no: `91981234567${last}` }));
	const { body } = await sandbox.api('GET', '/api/contacts?page=2&limit=2');
	expect(body['data']).toMatchObject({
		contacts: [{ phone_number: '919812345673' }, { phone_number: '919812345674' }],
		pagination: { totalItems: 5, currentPage: 2, itemsPerPage: 2, totalPages: 3 },
	});
	const chats = await sandbox.api('GET', '/api/whatsapp/chats?page=3&limit=2');
	expect(chats.body).toMatchObject({
		data: [{ contact: { phone_number: '919812345671' } }],
		pagination: { totalItems: 5 },
	});
	const beyond = await sandbox.api('GET', '/api/whatsapp/chats?page=9');
	expect(beyond.body['data']).toEqual([]);
});

test('a thread is read newest first, by text and by day', async () => {
	await sandbox.control('POST', 'templates', templateSeed());
	await sandbox.send(templateMessage());
	await sandbox.control('POST', 'clock', { advanceMs: 86_400_000 });
	const { body } = await sandbox.control('POST', 'inbound', { contact_no: ANA, message: 'Thank you' });
	const thread = async (query: string): Promise<unknown> => {
		const answer = await sandbox.api('GET', `/api/whatsapp/messages?contact_id=${String(body['contact_id'])}${query}`);
		return (answer.body['data'] as { messages: { message: string }[] }).messages.map(({ message }) => message);
	};
	expect(await thread('')).toEqual(['Thank you', 'Hello Ana, order #1042 is on its way.']);
	expect(await thread('&search=THANK')).toEqual(['Thank you']);
	expect(await thread('&start_date=2026-06-01&end_date=2026-06-01')).toEqual(['Hello Ana, order #1042 is on its way.']);
	expect(await thread('&limit=1&page=2')).toEqual(['Hello Ana, order #1042 is on its way.']);
});

test('a template is kept as it was posted, and approved at once', async () => {
	const buttons = [{ type: 'quick_reply', text: 'Confirm' }];
	const created = await create({ buttons, footer_text: 'Reply STOP to opt out' });
	expect(created.body).toMatchObject({ success: true, data: { status: 'pending', template_name: 'order_update' } });
	const { body } = await sandbox.api('GET', '/api/template?waba_id=102290129340398');
	expect(body).toMatchObject({
		data: [{ ...definition({ buttons, footer_text: 'Reply STOP to opt out' }), status: 'APPROVED' }],
		pagination: { totalItems: 1 },
	});
	const [request] = await sandbox.list('requests?operation=createTemplate');
	expect(request?.['variant']).toBe('TemplateQuickReply');
	expect((await create()).body['message']).toContain('exists already in en_US');
	expect((await create({ language: 'hi' })).status).toBe(200);
});

test.each([
	[{ variable_examples: [{ key: '1', example: 'Ana' }] }, 'variable_examples has no example for 2'],
	[{ message_body: '{{1}}, order {{2}} left.' }, 'must not start or end with a variable'],
	[{ message_body: 'Order {{2}} of {{3}} left.' }, 'without gaps'],
	[{ footer_text: 'x'.repeat(61) }, 'footer_text has 61 characters, at most 60'],
	[{ buttons: [{ type: 'quick_reply', text: 'x'.repeat(26) }] }, 'buttons.0.text has 26 characters'],
	[{ header_media_type: 'document' }, 'header_url is required'],
	[{ header_url: 'http://127.0.0.1:1/a.pdf' }, '(#131053)'],
])('a definition that Meta refuses is refused: %j', async (fields, reason) => {
	const { status, body } = await create(fields);
	expect(status).toBe(400);
	expect(body['message']).toContain(reason);
});

test('a template with a document header needs a sample that answers', async () => {
	const files = await serveFiles({ '/sample.pdf': file('application/pdf', smallPdf()) });
	const { status, body } = await create({ header_url: `${files.url}/sample.pdf` });
	await files.close();
	expect([status, body['data']]).toMatchObject([200, { header_media_type: 'document' }]);
});

test('a template is edited and deleted', async () => {
	const path = `/api/template/${idOf((await create()).body)}`;
	const edited = await sandbox.api('PUT', path, { message_body: 'Hello {{1}}, order {{2}} has left.' });
	expect(edited.body).toMatchObject({
		data: { status: 'pending', message_body: 'Hello {{1}}, order {{2}} has left.' },
	});
	expect(await sandbox.list('templates')).toMatchObject([{ status: 'APPROVED' }]);
	expect((await sandbox.api('DELETE', path)).status).toBe(200);
	expect((await sandbox.api('DELETE', path)).status).toBe(404);
});

test('where approval is by hand, a template waits for it', async () => {
	const slow = await openSandbox({ approve: 'by-hand' });
	await slow.api('POST', '/api/template/create', definition());
	const status = async (): Promise<unknown> => {
		const answer = await slow.api('POST', '/api/template/sync-status', { waba_id: '102290129340398' });
		return (answer.body['data'] as { status: string }[])[0]?.status;
	};
	const before = await status();
	await slow.control('POST', 'templates', { name: 'order_update', language: 'en_US', status: 'APPROVED' });
	const after = await status();
	await slow.close();
	expect([before, after]).toEqual(['pending', 'APPROVED']);
});

test('an authentication template gets the body that Meta writes', async () => {
	await sandbox.api('POST', '/api/template/create', {
		waba_id: '102290129340398',
		language: 'en_US',
		template_name: 'login_code',
		category: 'AUTHENTICATION',
		otp_buttons: [{ otp_type: 'COPY_CODE' }],
	});
	await sandbox.send(templateMessage({ templateName: 'login_code', templateVariables: { '1': 481516 } }));
	expect(await sandbox.list('messages')).toMatchObject([{ message: '*481516* is your verification code.' }]);
});
