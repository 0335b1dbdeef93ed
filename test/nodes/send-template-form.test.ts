import type { INodeParameters } from 'n8n-workflow';
import { methods } from '../../nodes/Messlo/methods';
import { loadContext } from './support/run-node';
import { withSandbox } from './support/with-sandbox';

const api = withSandbox();
beforeEach(() => api.control('demo', {}));

const FORM = { resource: 'message', operation: 'sendTemplate' };
const picked = (template: string, more: INodeParameters = {}): INodeParameters => ({
	...FORM,
	template: { __rl: true, mode: 'list', value: template },
	...more,
});
const contextOf = (parameters: INodeParameters) => loadContext({ url: api.url }, parameters, 'parameters.variables');
const fields = (parameters: INodeParameters) => methods.resourceMapping.templateFields.call(contextOf(parameters));
const search = (filter?: string) => methods.listSearch['searchTemplates']?.call(contextOf(FORM), filter);

/** Label by id of each field. */
const labels = async (parameters: INodeParameters): Promise<Record<string, string>> =>
	Object.fromEntries((await fields(parameters)).fields.map(({ id, displayName }) => [id, displayName]));

describe('the picker', () => {
	test('offers approved templates, one choice a language, with language and status', async () => {
		await api.control('templates', [
			{ name: 'order_update', language: 'pt_BR', message_body: 'Olá {{1}}' },
			{ name: 'order_update', language: 'x-unknown', message_body: 'Hi {{1}}' },
		]);
		const choices = (await search('order_update'))?.results ?? [];
		expect(choices.map(({ name }) => name)).toEqual([
			'order_update · English (en_US) · approved',
			'order_update · Portuguese (pt_BR) · approved',
			'order_update · x-unknown · approved',
		]);
		expect(new Set(choices.map(({ value }) => value)).size).toBe(3);
	});

	test('leaves out those that wait, that are paused, and those of other channels', async () => {
		await api.control('templates', [{ name: 'stopped', language: 'en_US', message_body: 'Hi', status: 'PAUSED' }]);
		const names = ((await search()) ?? { results: [] }).results.map(({ name }) => name.split(' ')[0]);
		expect(names).toContain('order_invoice');
		expect(names).not.toEqual(expect.arrayContaining(['price_change']));
		expect(names).not.toEqual(expect.arrayContaining(['stopped']));
		expect(names.filter((name) => name === 'order_update')).toHaveLength(1);
	});

	test('is searched by language too', async () => {
		await api.control('templates', [{ name: 'welcome', language: 'hi', message_body: 'नमस्ते' }]);
		expect((await search('hindi'))?.results.map(({ name }) => name)).toEqual(['welcome · Hindi (hi) · approved']);
	});

	test('gives what the fields are asked with', async () => {
		const [choice] = (await search('order_invoice'))?.results ?? [];
		expect(Object.keys(await labels(picked(String(choice?.value))))).toEqual(['1', '2', 'mediaUrl']);
	});
});

describe('the fields of a template', () => {
	test('one for each variable, which shows where it stands', async () => {
		expect(await labels(picked('order_update'))).toEqual({
			1: 'Hello {{1}}, order … (body)',
			2: '…order {{2}} is on its way. (body)',
		});
		for (const field of (await fields(picked('order_update'))).fields)
			expect(field).toMatchObject({ required: true, display: true, type: 'string' });
	});

	test.each([
		['order_invoice', 'PDF header (public URL), named by the last part of the address'],
		['sale_banner', 'Image header (public URL)'],
	])('a header of media first, in %s', async (template, label) => {
		const { fields: found } = await fields(picked(template));
		expect(found[0]).toMatchObject({ id: 'mediaUrl', displayName: label, required: true });
	});

	test('no header where there is none, and nothing for buttons that take no value', async () => {
		expect(Object.keys(await labels(picked('sale_coupon')))).toEqual(['1', '2']);
		expect(Object.keys(await labels(picked('our_catalog')))).toEqual(['1', '2']);
		expect(Object.keys(await labels(picked('lamp_cards')))).toEqual(['1', '2']);
	});

	test('of header, body and address behind a button, by number', async () => {
		await api.control('templates', [
			{
				name: 'parcel',
				language: 'en_US',
				header_text: 'Order {{10}}',
				message_body: 'Once upon a time {{2}} was lit,\n\n{{1}}. It shines day and night, and night and day again.',
				buttons: [
					{ type: 'website', text: 'Track', website_url: 'https://shop.example.com/{{10}}' },
					{ type: 'website', text: 'Shop', website_url: 'https://shop.example.com/{{3}}' },
				],
			},
		]);
		expect(await labels(picked('parcel'))).toEqual({
			1: '…was lit, {{1}}. It shines day and night, and night … (body)',
			2: '…a time {{2}} was lit, … (body)',
			3: '…example.com/{{3}} (address of the button “Shop”)',
			10: 'Order {{10}} (header and address of the button “Track”)',
		});
	});

	test('in a language without spaces, whole characters', async () => {
		const message_body = `${'😀'.repeat(20)}{{1}}${'灯'.repeat(60)}`;
		await api.control('templates', [{ name: 'lamps', language: 'zh_CN', message_body }]);
		expect(await labels(picked('lamps'))).toEqual({ 1: `…${'😀'.repeat(12)}{{1}}${'灯'.repeat(40)}… (body)` });
	});

	test('a code is called one', async () => {
		expect(await labels(picked('login_code'))).toEqual({ 1: 'Code: *{{1}}* is your verification code. (body)' });
	});

	test('named variables in their order', async () => {
		await api.control('templates', [{ name: 'named', language: 'en_US', message_body: 'Hi {{name}}, {{ city }}' }]);
		expect(await labels(picked('named'))).toEqual({ name: 'Hi {{name}}, … (body)', city: '…{{city}} (body)' });
	});
});

describe('where there are no fields, a sentence says why', () => {
	test.each([
		['nothing is picked', FORM, 'Choose a template to see its variables'],
		['the template is gone', picked('gone'), /^The template must be one of this account: .* Pick it from the list/],
	])('%s', async (_, parameters, notice) => {
		expect(await fields(parameters)).toEqual({
			fields: [],
			emptyFieldsNotice: notice instanceof RegExp ? expect.stringMatching(notice) : notice,
		});
	});

	test('the name is of several languages, until one is given', async () => {
		await api.control('templates', [{ name: 'order_update', language: 'hi', message_body: '{{1}}' }]);
		expect((await fields(picked('order_update'))).emptyFieldsNotice).toMatch(/exists in en_US, hi/);
		const hindi = picked('order_update', { additionalFields: { languageCode: 'hi' } });
		expect(await labels(hindi)).toEqual({ 1: '{{1}} (body)' });
	});

	test('the template has no variables', async () => {
		await api.control('templates', [{ name: 'closed', language: 'en_US', message_body: 'We are closed.' }]);
		expect(await fields(picked('closed'))).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringMatching(/no variables: it is sent as it was approved/) as string,
		});
	});

	test('the API shows no text', async () => {
		const data = [{ _id: 'a1', template_name: 'order_update', language: 'en_US', status: 'APPROVED' }];
		await api.fault({ operation: 'listTemplates', times: 'always', status: 200, body: { success: true, data } });
		expect((await fields(picked('a1'))).emptyFieldsNotice).toMatch(/Give its variables as JSON/);
	});

	test('the template comes by an expression that is not known yet', async () => {
		expect((await fields(picked('={{ $json.template }}'))).fields).toEqual([]);
	});

	test('a wrong key is an error, as in every list', async () => {
		const context = loadContext({ url: api.url, apiKey: 'wrong' }, picked('order_update'));
		await expect(methods.resourceMapping.templateFields.call(context)).rejects.toThrow('does not accept the API key');
	});
});
