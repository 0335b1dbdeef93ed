import { ANA, openSandbox, type OpenSandbox } from './client';
import { smallPdf } from './small-pdf';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'reset'));

const NUMBER = '665f1c2ab7d1c8a5f0e41002';

async function post(path: string, parts: Record<string, string | File>) {
	const form = new FormData();
	for (const [name, part] of Object.entries(parts)) form.append(name, part);
	const headers = { 'x-api-key': 'sandbox-api-key' };
	const answer = await fetch(sandbox.url + path, { method: 'POST', headers, body: form });
	return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function contact(isWriting = true): Promise<string> {
	const { body } = await sandbox.api('POST', '/api/contacts', { phone_number: ANA, name: 'Ana' });
	if (isWriting) await sandbox.control('POST', 'inbound', { contact_no: ANA, message: 'Hi' });
	return (body['data'] as { _id: string })._id;
}

const pdf = (fields: { type?: string; bytes?: Buffer } = {}): File =>
	new File([new Uint8Array(fields.bytes ?? smallPdf(1))], 'quote ₹.pdf', { type: fields.type ?? 'application/pdf' });

const sendFile = async (parts: Record<string, string | File> = {}, isWriting = true) =>
	post('/api/whatsapp/send', {
		file_url: pdf(),
		whatsapp_phone_number_id: NUMBER,
		contact_id: await contact(isWriting),
		messageType: 'document',
		message: 'As promised',
		...parts,
	});

test('an uploaded file is sent, its bytes are kept and served, and the request is recorded', async () => {
	expect(await sendFile()).toMatchObject({ status: 200, body: { success: true } });
	const [, message] = await sandbox.list('messages');
	expect(message).toMatchObject({
		messageType: 'document',
		message: 'As promised',
		contact_no: ANA,
		media: { kind: 'document', name: 'quote ₹.pdf', type: 'application/pdf' },
	});
	const served = await fetch(sandbox.url + (message?.['media'] as { href: string }).href);
	expect(served.headers.get('content-type')).toBe('application/pdf');
	expect(Buffer.from(await served.arrayBuffer())).toEqual(smallPdf(1));
	expect(await sandbox.list('requests?operation=sendMessage')).toMatchObject([
		{
			variant: 'SendLocalMedia',
			contract: { ok: true },
			body: { messageType: 'document', file_url: { name: 'quote ₹.pdf', type: 'application/pdf' } },
		},
	]);
});

test('a type that the upload does not say is read from the name', async () => {
	expect((await sendFile({ file_url: pdf({ type: '' }) })).status).toBe(200);
});

test.each([
	['the wrong kind', { messageType: 'image' }, '(#131053)'],
	['an empty file', { file_url: pdf({ bytes: Buffer.alloc(0) }) }, 'is empty'],
	[
		'a picture of more than 5 MB',
		{ messageType: 'image', file_url: new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'a.png', { type: 'image/png' }) },
		'is larger than 5 MB',
	],
	['an unknown kind', { messageType: 'letter' }, 'body.messageType must be one of'],
])('%s is refused', async (_what, parts: Record<string, string | File>, reason) => {
	const { status, body } = await sendFile(parts);
	expect([status, body['message']]).toEqual([400, expect.stringContaining(reason)]);
	expect(await sandbox.list('messages')).toHaveLength(1);
});

test('files too wait for the 24-hour window', async () => {
	const { status, body } = await sendFile({}, false);
	expect([status, body['error']]).toMatchObject([400, { code: 131047 }]);
});

test('a form without what it needs is refused, field by field', async () => {
	const { status, body } = await post('/api/whatsapp/send', { messageType: 'image' });
	expect([status, body['message']]).toEqual([
		400,
		'body.file_url is required; body.whatsapp_phone_number_id is required; body.contact_id is required',
	]);
	const broken = await sandbox.call('POST', '/api/contacts/import', 'nothing', {
		'x-api-key': 'sandbox-api-key',
		'content-type': 'multipart/form-data; boundary=x',
	});
	expect([broken.status, broken.body['message']]).toEqual([400, expect.stringContaining('not a multipart form')]);
});

test('numbers in a form count as numbers', async () => {
	await sandbox.control('POST', 'demo', {});
	const image = new File(['x'], 'lamp.png', { type: 'image/png' });
	const fields = {
		ad_account_id: 'act_100200',
		name: 'Zoom',
		daily_budget: '500',
		is_cbo: 'true',
		ad_sets: '[{"name":"A"}]',
	};
	const { body } = await post('/api/facebook-ads', { ...fields, image });
	expect(body['data']).toMatchObject({ daily_budget: 500, is_cbo: true, image: { name: 'lamp.png', size: 1 } });
	expect((await post('/api/facebook-ads', { ...fields, daily_budget: 'much', image })).status).toBe(400);
	expect((await post('/api/facebook-ads', { ...fields, ad_sets: '{', image })).status).toBe(400);
});

describe('an import of contacts', () => {
	const importOf = async (text: string, name = 'people.csv'): Promise<Record<string, unknown>> => {
		const { status, body } = await post('/api/contacts/import', { file: new File([text], name) });
		expect(status).toBe(200);
		const { job_id: id } = body['data'] as { job_id: string };
		return (await sandbox.api('GET', `/api/import-jobs/${id}`)).body['data'] as Record<string, unknown>;
	};
	const people = async () => {
		const { body } = await sandbox.api('GET', '/api/contacts');
		return (body['data'] as { contacts: unknown[] }).contacts;
	};

	test('makes a contact of each row, with further columns as custom fields', async () => {
		const csv = '\uFEFFPhone,Full name,City\r\n+91 98123 45678,"Lima, ""Ana""",Pune\r\n\r\n12025550199,Ben,\r\n';
		expect(await importOf(csv)).toMatchObject({ status: 'completed', total_records: 2, imported: 2, failed: [] });
		expect(await people()).toMatchObject([
			{ phone_number: ANA, name: 'Lima, "Ana"', custom_fields: { City: 'Pune' } },
			{ phone_number: '12025550199', name: 'Ben' },
		]);
	});

	test('tells the rows that it cannot take', async () => {
		const job = await importOf('mobile;name\n12025550199;Ben\n12025550199;Ben again\nnone;Cy\n');
		expect(job).toMatchObject({
			status: 'completed',
			imported: 1,
			failed: [
				{ row: 3, reason: 'A contact with the number 12025550199 exists already' },
				{ row: 4, reason: "'none' is not a phone number" },
			],
		});
	});

	test.each([
		['no column of numbers', 'name\nAna', 'a.csv', 'No column for the phone number among name'],
		['a workbook', 'PK', 'a.xlsx', 'The sandbox reads CSV files only'],
		['a quotation mark gone astray', 'phone,name\n1,a"b', 'a.csv', 'The file is not CSV'],
	])('fails with %s', async (_what, text, name, error) => {
		expect(await importOf(text, name)).toMatchObject({ status: 'failed', error: expect.stringContaining(error) });
		expect(await people()).toEqual([]);
	});
});
