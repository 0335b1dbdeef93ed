import { ANA, openSandbox, SENDER, templateMessage, templateSeed, textMessage, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(async () => {
	await sandbox.control('POST', 'reset');
	await sandbox.control('POST', 'templates', templateSeed());
});

const refusal = async (body: Record<string, unknown>): Promise<unknown> => {
	const answer = await sandbox.send(body);
	expect([answer.status, answer.body['success']]).toEqual([400, false]);
	expect(answer.body['error']).toMatchObject({ message: answer.body['message'] });
	expect(await sandbox.list('messages')).toEqual([]);
	return answer.body['message'];
};

test('a template message is taken and rendered', async () => {
	const { status, body } = await sandbox.send(templateMessage());
	expect([status, body]).toMatchObject([200, { success: true, message: 'Message sent', data: { status: 'sent' } }]);
	expect(body['data']).toMatchObject({
		_id: expect.stringMatching(/^[0-9a-f]{24}$/),
		message_id: expect.stringMatching(/^wamid\./),
	});
	expect(await sandbox.list('messages')).toMatchObject([
		{
			contact_no: ANA,
			whatsapp_phone_number: SENDER,
			message: 'Hello Ana, order #1042 is on its way.',
			templateName: 'order_update',
			languageCode: 'en_US',
			templateVariables: { '1': 'Ana', '2': '#1042' },
			direction: 'outgoing',
			status: 'sent',
		},
	]);
});

test.each([
	['a sender that is not ours', { whatsapp_phone_number: '4915112345678' }, '(#133010)', 'is not connected'],
	['our own number as recipient', { contact_no: SENDER }, '(#131021)', 'Recipient cannot be sender'],
	['an unknown template', { templateName: 'other' }, '(#132001)', 'template name (other) does not exist in en_US'],
	['an unknown language', { languageCode: 'hi' }, '(#132001)', 'does not exist in hi (it exists in en_US)'],
	[
		'too few variables',
		{ templateVariables: { '1': 'Ana' } },
		'(#132000)',
		'(1: 1) does not match the expected number of params (2: 1, 2)',
	],
	['variables under other names', { templateVariables: { '1': 'Ana', '3': 'x' } }, '(#132000)', '(2: 1, 3)'],
	['an empty variable', { templateVariables: { '1': ' ', '2': 'x' } }, '(#132012)', 'variable 1 is empty'],
	[
		'a new line',
		{ templateVariables: { '1': 'Ana\nLima', '2': 'x' } },
		'(#132018)',
		'variable 1: Param text cannot have new-line',
	],
	['a tab', { templateVariables: { '1': 'Ana\tLima', '2': 'x' } }, '(#132018)', 'new-line/tab'],
	['four spaces', { templateVariables: { '1': 'Ana    Lima', '2': 'x' } }, '(#132018)', 'consecutive spaces'],
	[
		'media where there is no header',
		{ mediaUrl: 'http://127.0.0.1:1/a.pdf' },
		'(#132012)',
		'mediaUrl must not be given',
	],
])('%s is refused', async (_what, fields, code, reason) => {
	const message = await refusal(templateMessage(fields));
	expect(message).toContain(code);
	expect(message).toContain(reason);
});

test('a media header asks for its media', async () => {
	await sandbox.control('POST', 'templates', templateSeed({ header_media_type: 'document' }));
	expect(await refusal(templateMessage())).toContain('(#132012)');
});

test.each([
	['PAUSED', '(#132015)'],
	['DISABLED', '(#132016)'],
	['REJECTED', '(#132001)'],
	['pending', '(#132001)'],
])('a template that is %s is refused, and goes out once approved', async (state, code) => {
	await sandbox.control('POST', 'templates', { name: 'order_update', language: 'en_US', status: state });
	expect(await refusal(templateMessage())).toContain(code);
	await sandbox.control('POST', 'templates', { name: 'order_update', language: 'en_US', status: 'APPROVED' });
	expect((await sandbox.send(templateMessage())).status).toBe(200);
});

test('a template can be named by its record id, and without a language when it has one only', async () => {
	const [template] = await sandbox.list('templates');
	const body = {
		...templateMessage({ templateId: template?.['_id'] }),
		templateName: undefined,
		languageCode: undefined,
	};
	expect((await sandbox.send(body)).status).toBe(200);
});

test('a number that is not on WhatsApp is undeliverable', async () => {
	await sandbox.control('POST', 'numbers', { contact_no: ANA, behaviour: 'not-on-whatsapp' });
	expect(await refusal(templateMessage())).toContain('(#131026) Message undeliverable');
	await sandbox.control('POST', 'numbers', { contact_no: ANA, behaviour: 'ok' });
	expect((await sandbox.send(templateMessage())).status).toBe(200);
});

test('who opted out gets no marketing, but still order updates', async () => {
	await sandbox.control('POST', 'numbers', { contact_no: ANA, behaviour: 'opted-out' });
	await sandbox.control('POST', 'templates', templateSeed({ name: 'offer', category: 'MARKETING' }));
	expect(await refusal(templateMessage({ templateName: 'offer' }))).toContain('(#131050)');
	expect((await sandbox.send(templateMessage())).status).toBe(200);
});

test('other messages pass only within 24 hours of the last word from the recipient', async () => {
	expect(await refusal(textMessage())).toContain('(#131047)');
	await sandbox.control('POST', 'inbound', { contact_no: ANA, message: 'Hello?' });
	expect((await sandbox.send(textMessage())).status).toBe(200);
	await sandbox.control('POST', 'clock', { advanceMs: 24 * 3_600_000 - 1 });
	expect((await sandbox.send(textMessage())).status).toBe(200);
	await sandbox.control('POST', 'clock', { advanceMs: 1 });
	expect((await sandbox.send(textMessage())).body['message']).toContain('(#131047)');
});

test('within the window every kind of message is taken', async () => {
	const { body } = await sandbox.control('POST', 'inbound', { contact_no: ANA, message: 'Hello?' });
	const kinds = [
		textMessage({ buttons: [{ id: 'yes', title: 'Yes' }] }),
		textMessage({ messageType: 'location', latitude: 18.52, longitude: 73.86 }),
		textMessage({ reactionMessageId: body['wa_message_id'], reactionEmoji: '👍' }),
		textMessage({ messageType: 'carousel', carouselCardsData: [{ title: 'Lamp' }] }),
		{ contact_id: body['contact_id'], messageType: 'text', message: 'By contact' },
	];
	for (const kind of kinds) expect(await sandbox.send(kind)).toMatchObject({ status: 200 });
	const requests = await sandbox.list('requests?operation=sendMessage');
	expect(requests.map(({ variant }) => variant)).toEqual([
		'SendInteractiveButtons',
		'SendLocation',
		'SendReaction',
		'SendCarousel',
		'SendToContact',
	]);
});
