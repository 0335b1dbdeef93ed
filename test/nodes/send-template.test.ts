import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { ANA, SENDER, WABA, withSandbox } from './support/with-sandbox';

const api = withSandbox();
/** The demo account has a second one, without templates. */
const OTHER_WABA = '665f1c2ab7d1c8a5f0e4102b';
const INVOICE = 'https://cdn.example.com/invoices/a-1042.pdf';

beforeEach(() => api.control('demo', {}));

interface Stored {
	_id: string;
	template_name: string;
	language: string;
	platform?: string;
}
const idOf = async (name: string, language = 'en_US'): Promise<string> => {
	const stored = await api.control<Stored[]>('templates');
	const found = stored.find((each) => each.template_name === name && each.language === language && !each.platform);
	if (!found) throw new Error(`The demo account has no ${name} in ${language}.`);
	return found._id;
};

const mapper = (value: Record<string, unknown>): INodeParameters =>
	({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] }) as INodeParameters;

/** The form as somebody leaves it who gives these variables, one field each. */
const form = (template: string, values: Record<string, unknown>, more: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation: 'sendTemplate',
	contact_no: `+${ANA}`,
	whatsapp_phone_number: { __rl: true, mode: 'id', value: SENDER },
	template: { __rl: true, mode: 'list', value: template },
	variables: mapper(values),
	...more,
});
const json = (template: string, variables: unknown, more: INodeParameters = {}): INodeParameters =>
	form(
		template,
		{},
		{
			specifyVariables: 'json',
			variablesJson: typeof variables === 'string' ? variables : JSON.stringify(variables),
			...more,
		},
	);

const sent = async () => (await api.requests('sendMessage')).map(({ body }) => body);
const people = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({
		json: { phone: `+91980000${1000 + index}`, name: `Person ${index}` },
	}));

/** What a person reads who sends this. */
async function refused(parameters: INodeParameters): Promise<string> {
	const { error } = await api.run(parameters);
	expect(await sent()).toEqual([]);
	return error?.message ?? 'It was sent.';
}

describe('what is sent', () => {
	test('a picked template, with its name and language and a value for each variable', async () => {
		const { json: items, error } = await api.run(form(await idOf('order_update'), { 1: 'Ana', 2: 1042 }));
		expect(error).toBeUndefined();
		expect(await api.requests('sendMessage')).toEqual([
			expect.objectContaining({
				variant: 'SendTemplate',
				status: 200,
				body: {
					contact_no: ANA,
					whatsapp_phone_number: SENDER,
					messageType: 'template',
					templateName: 'order_update',
					languageCode: 'en_US',
					templateVariables: { 1: 'Ana', 2: '1042' },
				},
			}),
		]);
		expect(items).toEqual([expect.objectContaining({ message_id: expect.stringMatching(/^wamid/) as string })]);
	});

	test('with header media it is the other row of the developer page', async () => {
		const values = { mediaUrl: ` ${INVOICE} `, 1: 'Ana', 2: 'A-1042' };
		await api.run(form(await idOf('order_invoice'), values));
		expect(await api.requests('sendMessage')).toEqual([
			expect.objectContaining({
				variant: 'SendTemplateWithHeaderMedia',
				status: 200,
				body: expect.objectContaining({ mediaUrl: INVOICE, templateVariables: { 1: 'Ana', 2: 'A-1042' } }) as object,
			}),
		]);
	});

	test('an image, a code, a coupon, cards: every kind of template of the account', async () => {
		const each: [string, Record<string, unknown>][] = [
			['sale_banner', { mediaUrl: 'https://cdn.example.com/banner.jpg', 1: 'Ana', 2: 'June' }],
			['login_code', { 1: '482913' }],
			['sale_coupon', { 1: 'Ana', 2: 'June' }],
			['lamp_cards', { 1: 'Ana', 2: 'June' }],
		];
		for (const [name, values] of each) expect((await api.run(form(await idOf(name), values))).error).toBeUndefined();
		expect((await api.requests('sendMessage')).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	});

	test('a template without variables needs none', async () => {
		await api.control('templates', [{ name: 'closed', language: 'en_US', message_body: 'We are closed today.' }]);
		expect((await api.run(form(await idOf('closed'), {}))).error).toBeUndefined();
		expect(await sent()).toEqual([expect.not.objectContaining({ templateVariables: expect.anything() as unknown })]);
	});

	test('what the form kept of another template is left out', async () => {
		await api.run(form(await idOf('order_update'), { 1: 'Ana', 2: 'A-1', 3: 'old', mediaUrl: INVOICE }));
		expect(await sent()).toEqual([expect.objectContaining({ templateVariables: { 1: 'Ana', 2: 'A-1' } })]);
		expect(await sent()).toEqual([expect.not.objectContaining({ mediaUrl: INVOICE })]);
	});

	test('a template by name and expression, with values as JSON, each item its own', async () => {
		const items = ['order_update', 'may_we_call'].map((template) => ({ json: { template, order: 'A-1' } }));
		const parameters = json('={{ $json.template }}', '={{ JSON.stringify({ 1: "Ana", 2: $json.order }) }}');
		expect((await api.run(parameters, items)).error).toBeUndefined();
		expect(await sent()).toEqual(
			items.map(
				({ json: { template, order } }) =>
					expect.objectContaining({ templateName: template, templateVariables: { 1: 'Ana', 2: order } }) as object,
			),
		);
	});

	test('an object or a list by expression, and a header', async () => {
		const more = { headerMediaUrl: INVOICE };
		await api.run(json('order_invoice', '={{ ["Ana", 1042] }}', more));
		await api.run(json('order_invoice', '={{ ({ 1: "Ana", 2: 1042 }) }}', more));
		expect(await sent()).toEqual(
			[1, 2].map(
				() => expect.objectContaining({ mediaUrl: INVOICE, templateVariables: { 1: 'Ana', 2: '1042' } }) as object,
			),
		);
	});

	test('a language chooses among templates of one name', async () => {
		await api.control('templates', [{ name: 'order_update', language: 'hi', message_body: 'नमस्ते {{1}}, {{2}}' }]);
		await api.run(json('order_update', ['Ana', 'A-1'], { additionalFields: { languageCode: 'hi' } }));
		await api.run(form(await idOf('order_update', 'hi'), { 1: 'Ana', 2: 'A-1' }));
		expect(await sent()).toEqual([1, 2].map(() => expect.objectContaining({ languageCode: 'hi' }) as object));
	});

	test('a variable of the header and of the address behind a button has its value too', async () => {
		await api.control('templates', [
			{
				name: 'parcel',
				language: 'en_US',
				header_text: 'Order {{2}}',
				message_body: 'Hello {{1}}, follow your parcel.',
				buttons: [{ type: 'website', text: 'Track', website_url: 'https://shop.example.com/track/{{2}}' }],
			},
		]);
		expect((await api.run(form(await idOf('parcel'), { 1: 'Ana', 2: 'A-1042' }))).error).toBeUndefined();
		expect(await sent()).toEqual([expect.objectContaining({ templateVariables: { 1: 'Ana', 2: 'A-1042' } })]);
	});
});

describe('the account is asked once', () => {
	const values = { 1: '={{ $json.name }}', 2: 'A-1' };
	const to = { contact_no: '={{ $json.phone }}' };

	test('for all items', async () => {
		const { outputs } = await api.run(form(await idOf('order_update'), values, to), people(60));
		expect(outputs[0]).toHaveLength(60);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(people(60).map((_, item) => ({ item })));
		const asked = [...(await api.requests('listConnections')), ...(await api.requests('listTemplates'))];
		expect(asked.map(({ query }) => query['waba_id'])).toEqual([undefined, WABA, OTHER_WABA]);
	});

	test('and goes through all pages of its templates', async () => {
		const many = Array.from({ length: 130 }, (_, index) => ({
			name: `letter_${index}`,
			language: 'en_US',
			message_body: 'Hi',
		}));
		await api.control('templates', many);
		expect((await api.run(form(await idOf('letter_129'), {}))).error).toBeUndefined();
		expect((await api.requests('listTemplates')).map(({ query }) => [query['waba_id'], query['page']])).toEqual([
			[WABA, '1'],
			[OTHER_WABA, '1'],
			[WABA, '2'],
		]);
	});

	test('or not at all, for a template by name', async () => {
		await api.run(json('order_update', ['Ana', 'A-1'], { additionalFields: { checkBeforeSending: false } }));
		expect((await api.requests()).map(({ operationId }) => operationId)).toEqual(['sendMessage']);
	});

	test('what is picked from the list is always read: its name is not known here', async () => {
		const unchecked = { additionalFields: { checkBeforeSending: false } };
		await api.run(form(await idOf('order_update'), { 1: 'Ana', 2: 'A-1' }, unchecked));
		expect(await sent()).toEqual([expect.objectContaining({ templateName: 'order_update' })]);
	});

	test('and one failure is told for all items, not asked for again by each', async () => {
		await api.fault({
			operation: 'listConnections',
			times: 'always',
			status: 401,
			body: { message: 'Invalid API key' },
		});
		const { json: items } = await api.run(form(await idOf('order_update'), values, to), people(30), {
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ code }) => code)).toEqual(people(30).map(() => 'wrong-key'));
		expect(await api.requests('listConnections')).toHaveLength(1);
	});
});

describe('what does not fit is refused before anything is sent', () => {
	test('nothing chosen', async () => {
		expect(await refused(form(' ', {}))).toBe('Template must be chosen');
	});

	test('a template that is not there', async () => {
		expect(await refused(json('no_such', {}))).toMatch(
			/^Template must be one of this account: none has .*'no_such'\. Pick it from the list/,
		);
	});

	test('one that is not approved', async () => {
		expect(await refused(form(await idOf('price_change'), {}))).toMatch(
			/^Template must be approved: 'price_change' \(en_US\) is pending\. Wait/,
		);
		await api.control('templates', [{ name: 'order_update', language: 'en_US', status: 'PAUSED' }]);
		expect(await refused(form(await idOf('order_update'), {}))).toMatch(/is paused\. People gave it poor feedback/);
	});

	test('one that is of another channel', async () => {
		const stored = await api.control<Stored[]>('templates');
		const telegram = stored.find(({ platform }) => platform === 'telegram')?._id ?? '';
		expect(await refused(form(telegram, {}))).toMatch(/^Template must be one of this account/);
	});

	test('a name in several languages, or in another one', async () => {
		await api.control('templates', [{ name: 'order_update', language: 'hi', message_body: 'नमस्ते' }]);
		expect(await refused(json('order_update', []))).toMatch(
			/^Template must be clear: 'order_update' exists in en_US, hi\. .*add Language$/,
		);
		expect(await refused(json('order_update', [], { additionalFields: { languageCode: 'fr' } }))).toMatch(
			/exists in en_US, hi, not in fr\. Choose another Language/,
		);
	});

	test.each([
		[
			'missing',
			{ 1: 'Ana' },
			/^Variable \{\{2\}\} must have a value: it stands in the body, “…order \{\{2\}\} is on its way\.”/,
		],
		[
			'empty',
			{ 1: ' ', 2: 'A-1' },
			/^Variable \{\{1\}\} must have a value: .*give another: \{\{ \$json\.name \|\| 'there' \}\}$/,
		],
		['null', { 1: null, 2: 'A-1' }, /^Variable \{\{1\}\} must have a value/],
		['an object', { 1: 'Ana', 2: { id: 1 } }, /^Variable \{\{2\}\} must be text or a number, not a list or an object/],
		['of several lines', { 1: 'Ana\nLima', 2: 'A-1' }, /^Variable \{\{1\}\} must be one line: .* add \.replace\(/],
		[
			'too long',
			{ 1: '😀'.repeat(1000), 2: 'A-1' },
			/^Variables must be shorter: with them the body has 1032 characters, at most 1024/,
		],
	])('a value that is %s', async (_, values, message) => {
		expect(await refused(form(await idOf('order_update'), values))).toMatch(message);
	});

	test('text is counted in characters: as many as fit are sent', async () => {
		expect((await api.run(form(await idOf('order_update'), { 1: '😀'.repeat(992), 2: 'A-1' }))).error).toBeUndefined();
	});

	test('a text header that its value makes too long', async () => {
		await api.control('templates', [
			{ name: 'parcel', language: 'en_US', header_text: 'Order {{1}}', message_body: 'Hi' },
		]);
		expect(await refused(form(await idOf('parcel'), { 1: 'x'.repeat(60) }))).toMatch(
			/the header has 66 characters, at most 60/,
		);
	});

	test('a code that is none', async () => {
		expect(await refused(form(await idOf('login_code'), { 1: '1234567890123456' }))).toMatch(
			/the code has 16 characters, at most 15/,
		);
	});

	test('JSON with other variables, or none', async () => {
		expect(await refused(json('order_update', { name: 'Ana' }))).toBe(
			"Variables must be those of 'order_update', which takes {{1}}, {{2}}, not {{name}}",
		);
		expect(await refused(json('order_update', '{"1": '))).toMatch(
			/^Variables must be a JSON object of values by position, such as/,
		);
		expect(await refused(json('order_update', '"Ana"'))).toMatch(/^Variables must be a JSON object/);
	});

	test.each([
		[
			'no header media',
			undefined,
			/^Header Media URL must be given: the header of 'order_invoice' is a PDF, fetched from a public address$/,
		],
		[
			'a file name',
			'invoice.pdf',
			/^Header Media URL must be the public http\(s\) address of a PDF, not 'invoice\.pdf'$/,
		],
		[
			'another kind',
			'https://cdn.example.com/banner.jpg?v=2',
			/^Header Media URL must lead to a PDF, .* ends like an image/,
		],
	])('%s', async (_, mediaUrl, message) => {
		expect(await refused(form(await idOf('order_invoice'), { mediaUrl, 1: 'Ana', 2: 'A-1' }))).toMatch(message);
	});

	test('header media where the template has none', async () => {
		expect(await refused(json('order_update', ['Ana', 'A-1'], { headerMediaUrl: INVOICE }))).toBe(
			"Header Media URL must be left empty: 'order_update' has no header of media",
		);
	});

	test('a phone number without its country, before the account is asked', async () => {
		expect(await refused(form('any', {}, { contact_no: '98765 43210' }))).toMatch(
			/^Recipient Phone has no country code/,
		);
		expect(await api.requests()).toEqual([]);
	});

	test('the item that is wrong is named, and the others are sent', async () => {
		const items = [{ json: { name: 'Ana' } }, { json: {} }];
		const parameters = form(await idOf('order_update'), { 1: '={{ $json.name }}', 2: 'A-1' });
		const { json: out } = await api.run(parameters, items, { onError: 'continueRegularOutput' });
		expect(out).toEqual([
			expect.objectContaining({ message_id: expect.any(String) as string }),
			{
				error: expect.stringMatching(/^\[Item 1\] Variable \{\{1\}\} must have a value/) as string,
				code: 'invalid-value',
				retryable: false,
			},
		]);
	});
});

describe('an API that says little of its templates', () => {
	const listed = (...templates: object[]) =>
		api.fault({ operation: 'listTemplates', times: 'always', status: 200, body: { success: true, data: templates } });

	test('without their texts, all that is given is sent', async () => {
		await listed({ _id: 'a1', template_name: 'order_update', language: 'en_US' });
		expect((await api.run(json('order_update', ['Ana', 'A-1']))).error).toBeUndefined();
		expect(await sent()).toEqual([expect.objectContaining({ templateVariables: { 1: 'Ana', 2: 'A-1' } })]);
	});

	test("in Meta's own shape", async () => {
		await listed({
			id: 'a1',
			name: 'order_invoice',
			language: 'en_US',
			status: 'APPROVED',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT' },
				{ type: 'BODY', text: 'Hello {{1}}, the invoice for {{2}}.' },
				{ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://shop.example.com/{{3}}' }] },
			],
		});
		expect(await refused(json('order_invoice', ['Ana', 'A-1']))).toMatch(
			/^Variable \{\{3\}\} .* in the address of the button “Track”, “/,
		);
		expect(await refused(json('order_invoice', ['Ana', 'A-1', 'x']))).toMatch(/^Header Media URL must be given/);
	});
});
