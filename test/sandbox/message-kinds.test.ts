import { ANA, openSandbox, templateMessage, textMessage, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(async () => {
	await sandbox.control('POST', 'demo', {});
	await sandbox.control('POST', 'inbound', { contact_no: ANA, message: 'Hi' });
});

const last = async () => (await sandbox.list('messages')).at(-1);
async function sent(body: Record<string, unknown>) {
	const answer = await sandbox.send(body);
	expect([answer.status, answer.body['message']]).toEqual([200, 'Message sent']);
	return last();
}

test('buttons of a text are read in several spellings, links among them', async () => {
	const buttons = [
		{ id: 'yes', title: 'Yes' },
		{ text: 'Shop', url: 'https://shop.example.com' },
	];
	expect(
		await sent(textMessage({ buttons, buttonParams: { display_text: 'Call', phone_number: '+12025550100' } })),
	).toMatchObject({
		buttons: [
			{ kind: 'reply', text: 'Yes', value: 'yes' },
			{ kind: 'url', text: 'Shop', value: 'https://shop.example.com' },
			{ kind: 'call', text: 'Call', value: '+12025550100' },
		],
	});
});

test('a carousel has its pictures, texts and buttons', async () => {
	const carouselCardsData = [
		{
			title: 'Lamp',
			description: 'For the desk',
			image_url: 'https://cdn.example.com/lamp.jpg',
			buttons: [{ title: 'Buy' }],
		},
		{ name: 'Shade', body: 'In white' },
	];
	const message = await sent(textMessage({ messageType: 'carousel', carouselCardsData }));
	expect(message?.['cards']).toMatchObject([
		{ title: 'Lamp', text: 'For the desk', media: { kind: 'image', name: 'lamp.jpg' }, buttons: [{ text: 'Buy' }] },
		{ title: 'Shade', text: 'In white', buttons: [] },
	]);
});

test('a login code comes in Meta’s words, with a button that copies it', async () => {
	expect(
		await sent(templateMessage({ templateName: 'login_code', templateVariables: { '1': '482913' } })),
	).toMatchObject({
		message: '*482913* is your verification code. For your security, do not share this code.',
		footer: 'This code expires in 5 minutes.',
		buttons: [{ kind: 'copy', text: 'Copy code', value: '482913' }],
	});
});

test('a call permission request can be answered', async () => {
	expect(await sent(templateMessage({ templateName: 'may_we_call' }))).toMatchObject({
		buttons: [{ kind: 'reply', text: 'Allow calls' }],
	});
});

test('a carousel template shows its own pictures unless the message has others', async () => {
	const message = await sent(templateMessage({ templateName: 'lamp_cards' }));
	expect(message?.['cards']).toMatchObject([{ media: { name: 'lamp1.jpg' } }, { media: { name: 'lamp2.jpg' } }]);
});

test('a template of another WABA or channel does not count', async () => {
	const { body } = await sandbox.send(templateMessage({ whatsapp_phone_number: '442079460000' }));
	expect(body['error']).toMatchObject({ code: 132001 });
	const own = await sandbox.send(templateMessage({ templateName: 'zeta' }));
	expect(own.body['error']).toMatchObject({ code: 132001 });
});

test('Telegram chats get messages where a channel is connected, and are listed', async () => {
	const message = { platform: 'telegram', recipient_id: '55', messageType: 'text', message: 'Hello' };
	await sent(message);
	await sent({
		...message,
		messageType: 'template',
		templateName: 'monthly_letter',
		templateVariables: { '1': 'Bo', '2': 'May' },
	});
	expect(await last()).toMatchObject({ message: 'Dear Bo, news of May.' });
	const chats = await sandbox.api('GET', '/api/whatsapp/chats?platform=telegram');
	expect(chats.body['data']).toMatchObject([{ contact: { platform: 'telegram', recipient_id: '55' } }]);
	const none = await sandbox.send({ ...message, platform: 'facebook' });
	expect([none.status, none.body['message']]).toEqual([400, 'No facebook channel is connected']);
});

test('a chat shows who answers it, the last one that was named', async () => {
	const thread = { contact_id: '665f1c2ab7d1c8a5f0e41003', whatsapp_phone_number_id: '665f1c2ab7d1c8a5f0e41002' };
	await sandbox.api('POST', '/api/whatsapp/assign-chat', { ...thread, agent_id: '665f1c2ab7d1c8a5f0e41004' });
	await sandbox.api('POST', '/api/whatsapp/assign-chat', { ...thread, chatbot_id: '665f1c2ab7d1c8a5f0e4100a' });
	const { body } = await sandbox.api('GET', '/api/whatsapp/chats?search=ana');
	expect(body['data']).toMatchObject([{ contact_id: thread.contact_id, chatbot_id: '665f1c2ab7d1c8a5f0e4100a' }]);
	expect(body['data']).not.toMatchObject([{ agent_id: '665f1c2ab7d1c8a5f0e41004' }]);
});

describe('templates', () => {
	const create = (fields: Record<string, unknown>) =>
		sandbox.api('POST', '/api/template/create', {
			waba_id: '102290129340398',
			template_name: 'new_one',
			category: 'MARKETING',
			language: 'en_US',
			message_body: 'Hello.',
			...fields,
		});

	test.each([
		[
			'three links',
			{ buttons: [1, 2, 3].map((n) => ({ type: 'website', text: `L${n}`, website_url: 'https://a.example' })) },
		],
		['two codes', { buttons: [1, 2].map((n) => ({ type: 'copy_code', text: `CODE${n}` })) }],
		['eleven buttons', { buttons: Array.from({ length: 11 }, (_, n) => ({ type: 'quick_reply', text: `B${n}` })) }],
		['eleven cards', { carousel_cards: Array.from({ length: 11 }, () => ({ body: 'Lamp' })) }],
	])('with %s are refused', async (_what, fields) => {
		const { status, body } = await create(fields);
		expect([status, body['message']]).toEqual([400, expect.stringMatching(/^Invalid template: .* at most/)]);
	});

	test('whose cards have pictures that cannot be fetched are refused', async () => {
		const { body } = await create({ carousel_cards: [{ header_url: 'http://127.0.0.1:1/lamp.jpg', body: 'Lamp' }] });
		expect(body['error']).toMatchObject({ code: 131053 });
	});

	test('of one WABA are not listed with another’s', async () => {
		await create({ waba_id: '102290129340399' });
		const names = async (waba: string) =>
			(
				(await sandbox.api('GET', `/api/template?waba_id=${waba}&limit=100`)).body['data'] as {
					template_name: string;
				}[]
			).map(({ template_name: name }) => name);
		expect(await names('102290129340399')).toEqual(['new_one']);
		expect(await names('102290129340398')).not.toContain('new_one');
	});
});

test('an address whose file is given is not fetched', async () => {
	const url = 'https://nowhere.example/a.png';
	await sandbox.control('POST', 'files', { url, type: 'image/png', base64: Buffer.from('png').toString('base64') });
	expect(await sent(textMessage({ messageType: 'image', mediaUrl: url }))).toMatchObject({
		media: { name: 'a.png', size: 3 },
	});
});
