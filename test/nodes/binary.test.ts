import type { INodeExecutionData } from 'n8n-workflow';
import { ANA, withSandbox } from './support/with-sandbox';

const api = withSandbox();
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const file = (fileName: string, bytes: Buffer = PNG) => ({
	data: bytes.toString('base64'),
	mimeType: 'image/png',
	fileName,
});
const item = (binary: INodeExecutionData['binary'] = {}): INodeExecutionData[] => [{ json: {}, binary }];
const SEND_FILE = {
	resource: 'message',
	operation: 'sendFile',
	whatsapp_phone_number_id: { __rl: true, mode: 'id', value: '665f1c2ab7d1c8a5f0e41002' },
	messageType: 'image',
	file_url: 'photo',
};

test('a file of the item reaches the person byte by byte, with its name', async () => {
	await api.control('inbound', { contact_no: ANA, message: 'Hi' });
	const [contact] = (await api.run({ resource: 'contact', operation: 'getMany' })).json;
	const { error } = await api.run(
		{
			...SEND_FILE,
			contact_id: { __rl: true, mode: 'id', value: contact?.['id'] as string },
			additionalFields: { message: 'Lampe für Ana' },
		},
		item({ photo: file('Lampe „groß“.png') }),
	);
	expect(error).toBeUndefined();
	const [request] = await api.requests('sendMessage');
	expect(request?.contract.problems).toEqual([]);
	expect(request?.body).toMatchObject({
		file_url: { name: 'Lampe „groß“.png', type: 'image/png', size: PNG.length },
		message: 'Lampe für Ana',
	});
	const messages = await api.control<{ _id: string; direction: string }[]>('messages');
	const sent = messages.find(({ direction }) => direction !== 'incoming');
	const media = await fetch(`${api.url}/__sandbox/messages/${sent?._id}/media`);
	expect(Buffer.from(await media.arrayBuffer())).toEqual(PNG);
});

test('files of a carousel keep their order', async () => {
	await api.run(
		{
			resource: 'campaign',
			operation: 'createMediaCarouselFiles',
			...{ name: 'Lamps', recipient_type: 'all_contacts' },
			waba_id: { __rl: true, mode: 'id', value: '665f1c2ab7d1c8a5f0e41001' },
			template_name: { __rl: true, mode: 'id', value: 'lamp_cards' },
			file_url: 'second, first',
		},
		item({ first: file('1.png'), second: file('2.png') }),
	);
	const [request] = await api.requests('createCampaign');
	expect(request?.body).toMatchObject({ file_url: [{ name: '2.png' }, { name: '1.png' }] });
});

test.each([
	['is not there', {}, /photo/],
	['is empty', { photo: file('empty.png', Buffer.alloc(0)) }, /The file in 'photo' is empty/],
])('a file that %s is told before anything is sent', async (_, binary, message) => {
	const { error } = await api.run({ ...SEND_FILE, contact_id: { __rl: true, mode: 'id', value: 'c1' } }, item(binary));
	expect(error?.message).toMatch(message);
	expect(await api.requests()).toEqual([]);
});
