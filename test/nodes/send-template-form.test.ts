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
			1: '{{1}} in the body: “Hello {{1}}, order {{2}} is on its way.”',
			2: '{{2}} in the body: “Hello {{1}}, order {{2}} is on its way.”',
		});
		for (const field of (await fields(picked('order_update'))).fields)
			expect(field).toMatchObject({ required: true, display: true, type: 'string' });
	});

	test.each([
		['order_invoice', 'PDF in the header: its public URL, whose last part is the file name'],
		['sale_banner', 'Image in the header: its public URL'],
	])('a header of media first, in %s', async (template, label) => {
		const { fields: found } = await fields(picked(template));
		expect(found[0]).toMatchObject({ id: 'mediaUrl', displayName: label, required: true });
	});

	test('no header where there is none, and nothing for buttons that take no value', async () => {
		expect(Object.keys(await labels(picked('sale_coupon')))).toEqual(['1', '2']);
		expect(Object.keys(await labels(picked('our_catalog')))).toEqual(['1', '2']);
		expect(Object.keys(await labels(picked('lamp_cards')))).toEqual(['1', '2']);
	});

	test('of header, body and address behind a button; by number, long texts cut between words', async () => {
		await api.control('templates', [
			{
				name: 'parcel',
				language: 'en_US',
				header_text: 'Order {{10}}',
				message_body: `${'Once upon a time there was a lamp. '.repeat(3)}Now {{2}} is yours,\n\n{{1}}. ${'It shines day and night. '.repeat(3)}`,
				buttons: [{ type: 'website', text: 'Track', website_url: 'https://shop.example.com/{{10}}' }],
			},
		]);
		expect(await labels(picked('parcel'))).toEqual({
			1: '{{1}} in the body: “… there was a lamp. Now {{2}} is yours, {{1}}. It shines day and night. It shines day …”',
			2: '{{2}} in the body: “… Once upon a time there was a lamp. Now {{2}} is yours, {{1}}. It shines day and …”',
			10: '{{10}} in the header and in the address of the button “Track”: “Order {{10}}”',
		});
	});

	test('a code is called one', async () => {
		expect(await labels(picked('login_code'))).toEqual({
			1: 'Code {{1}} in the body: “*{{1}}* is your verification code.”',
		});
	});

	test('named variables in their order', async () => {
		await api.control('templates', [{ name: 'named', language: 'en_US', message_body: 'Hi {{name}}, {{ city }}' }]);
		expect(await labels(picked('named'))).toEqual({
			name: '{{name}} in the body: “Hi {{name}}, {{ city }}”',
			city: '{{city}} in the body: “Hi {{name}}, {{ city }}”',
		});
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
		expect(await labels(hindi)).toEqual({ 1: '{{1}} in the body: “{{1}}”' });
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
