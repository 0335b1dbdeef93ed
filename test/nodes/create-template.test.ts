import type { INodeParameters } from 'n8n-workflow';
import { WABA, withSandbox } from './support/with-sandbox';

const api = withSandbox();
beforeEach(() => api.control('demo', {}));

const common: INodeParameters = {
	resource: 'template',
	waba_id: { __rl: true, mode: 'id', value: WABA },
	template_name: 'made_here',
	category: 'MARKETING',
	language: 'pt_BR',
};
const form = (operation: string, more: INodeParameters): INodeParameters => ({ ...common, operation, ...more });
const entries = (...list: INodeParameters[]): INodeParameters => ({ entries: list });
const samples = (...list: string[]) => entries(...list.map((example) => ({ example })));
const reply = (text: string): INodeParameters => ({ type: 'quick_reply', text });

const created = async () => (await api.requests('createTemplate')).map(({ body }) => body as Record<string, unknown>);
const BODY = 'Hello {{1}}, your order {{2}} is on its way.';

test('a template from top to bottom: header, body with samples in order, footer, buttons of each kind', async () => {
	const { json, error } = await api.run(
		form('createCoupon', {
			header_text: 'Your order',
			message_body: BODY,
			variable_examples: samples('Ana', 'A-1042'),
			footer_text: 'Reply STOP to opt out',
			buttons: entries(
				{ type: 'copy_code', text: 'JUNE15' },
				{ type: 'website', text: 'Track', website_url: 'https://shop.example.com' },
				{ type: 'phone_call', text: 'Call', phone_number: '+1 (202) 555-0100' },
				reply('Thanks'),
			),
		}),
	);
	expect(error).toBeUndefined();
	expect(json).toEqual([expect.objectContaining({ template_name: 'made_here', status: 'pending' })]);
	expect(await created()).toEqual([
		{
			waba_id: WABA,
			template_name: 'made_here',
			category: 'MARKETING',
			language: 'pt_BR',
			header_text: 'Your order',
			message_body: BODY,
			variable_examples: [
				{ key: '1', example: 'Ana' },
				{ key: '2', example: 'A-1042' },
			],
			footer_text: 'Reply STOP to opt out',
			buttons: [
				{ type: 'copy_code', text: 'JUNE15' },
				{ type: 'website', text: 'Track', website_url: 'https://shop.example.com' },
				{ type: 'phone_call', text: 'Call', phone_number: '+12025550100' },
				reply('Thanks'),
			],
		},
	]);
});

test('a button of the only kind needs no choice of kind', async () => {
	await api.run(form('createQuickReply', { message_body: 'Was it good?', buttons: entries({ text: 'Yes' }) }));
	expect(await created()).toEqual([expect.objectContaining({ buttons: [reply('Yes')] })]);
});

test('a passcode template needs no more than its name', async () => {
	const { error } = await api.run({ ...common, operation: 'createOtp', category: '' });
	expect(error).toBeUndefined();
	expect(await created()).toEqual([
		expect.objectContaining({
			category: 'AUTHENTICATION',
			otp_buttons: [{ otp_type: 'COPY_CODE', copy_button_text: 'Copy code' }],
		}),
	]);
});

test('an offer is marketing; its header goes without a kind where the address says it', async () => {
	const { error } = await api.run(
		form('createLimitedTimeOffer', {
			header_url: 'https://cdn.example.com/banner.jpg',
			offer_text: '15% off',
			has_expiration: true,
			message_body: 'Two days only.',
		}),
	);
	expect(error).toBeUndefined();
	const [body] = await created();
	expect(body).toMatchObject({ category: 'MARKETING', is_limited_time_offer: true, has_expiration: true });
	expect(body).not.toHaveProperty('header_media_type');
});

describe('texts with variables, of which the editor has made expressions', () => {
	test.each([
		['as typed', `=${BODY}`, BODY],
		['with spaces in the braces', '=Hello {{ 1 }}, your order {{2}} is on its way.', BODY],
		[
			'beside a value of the item',
			'=Hello {{1}} of {{ $json.shop }}, your order {{2}} is on its way.',
			'Hello {{1}} of Lamp House, your order {{2}} is on its way.',
		],
		['out of a value of the item', '={{ $json.text }}', BODY],
	])('%s, they keep their variables', async (_, message_body, expected) => {
		const item = { json: { shop: 'Lamp House', text: BODY } };
		const variable_examples = samples('Ana', 'A-1042');
		const { error } = await api.run(form('createWithVariables', { message_body, variable_examples }), [item]);
		expect(error).toBeUndefined();
		expect((await created())[0]?.['message_body']).toBe(expected);
	});

	test('in cards and in updates too', async () => {
		const card = { header_url: 'https://cdn.example.com/lamp1.jpg', buttons: entries(reply('More')) };
		const first = { ...card, body: '=The {{1}} for you at home' };
		const second = { ...card, body: 'Floor lamp' };
		await api.run(form('createCarousel', { message_body: 'New lamps.', carousel_cards: entries(first, second) }));
		expect(await created()).toEqual([
			expect.objectContaining({
				carousel_cards: [
					{ header_url: card.header_url, body: 'The {{1}} for you at home', buttons: [reply('More')] },
					{ header_url: card.header_url, body: 'Floor lamp', buttons: [reply('More')] },
				],
			}),
		]);
		await api.run({
			resource: 'template',
			operation: 'update',
			id: { __rl: true, mode: 'id', value: '665f1c2ab7d1c8a5f0e41007' },
			updateFields: { message_body: `=${BODY}`, variable_examples: samples('Ana', 'A-1042') },
		});
		const [update] = await api.requests('updateTemplate');
		expect(update).toMatchObject({
			status: 200,
			body: { message_body: BODY, variable_examples: [{ key: '1', example: 'Ana' }, { key: '2' }] },
		});
	});
});

describe('lists as JSON', () => {
	test('buttons, cards and samples may come from an expression', async () => {
		const item = { json: { buttons: [reply('Yes'), reply('No')], samples: ['Ana', 1042] } };
		const additionalFields = { buttonsJson: '={{ $json.buttons }}', samplesJson: '={{ $json.samples }}' };
		const { error } = await api.run(form('createQuickReply', { message_body: BODY, additionalFields }), [item]);
		expect(error).toBeUndefined();
		expect(await created()).toEqual([
			expect.objectContaining({
				buttons: [reply('Yes'), reply('No')],
				variable_examples: [
					{ key: '1', example: 'Ana' },
					{ key: '2', example: '1042' },
				],
			}),
		]);
	});

	test.each([
		['samples by number', { samplesJson: '{"1": "Ana", "2": "A-1042"}' }],
		['samples as the API has them', { samplesJson: '[{"key":"1","example":"Ana"},{"key":"2","example":"A-1042"}]' }],
	])('%s', async (_, additionalFields) => {
		await api.run(form('createWithVariables', { message_body: BODY, additionalFields }));
		expect((await created())[0]?.['variable_examples']).toEqual([
			{ key: '1', example: 'Ana' },
			{ key: '2', example: 'A-1042' },
		]);
	});

	test('a list that is given twice is refused', async () => {
		const { error } = await api.run(
			form('createQuickReply', {
				message_body: 'Was it good?',
				buttons: entries(reply('Yes')),
				additionalFields: { buttonsJson: '[{"type":"quick_reply","text":"No"}]' },
			}),
		);
		expect(error?.message).toBe('Buttons must be given either by its fields or as JSON, not by both');
		expect(await api.requests()).toEqual([]);
	});
});

describe('what WhatsApp would refuse is said before anything is sent', () => {
	const card = (...kinds: string[]): INodeParameters => ({
		body: 'Desk lamp',
		buttons: entries(...kinds.map((type) => ({ type, text: 'More', website_url: 'https://shop.example.com' }))),
	});
	const buttons = (...list: INodeParameters[]) => ({ message_body: 'See the shop.', buttons: entries(...list) });
	const website = (text = 'Shop') => ({ type: 'website', text, website_url: 'https://shop.example.com' });
	const call = { type: 'phone_call', text: 'Call', phone_number: '+12025550100' };

	test.each<[string, string, INodeParameters]>([
		['Template Name has the wrong form', 'createSimple', { template_name: 'Order Update', message_body: 'Hello' }],
		['Message Body has variables: choose the operation Create with', 'createSimple', { message_body: BODY }],
		['Message Body must be at most 1024 characters, not 1025', 'createSimple', { message_body: 'a'.repeat(1025) }],
		['Header Text must be at most 60', 'createSimple', { header_text: 'a'.repeat(61), message_body: 'Hello' }],
		['Header Text must be a single line', 'createSimple', { header_text: 'a\nb', message_body: 'Hello' }],
		['Footer Text must not have variables', 'createSimple', { footer_text: '={{1}}', message_body: 'Hello' }],
		[
			'Variable Samples must have a sample for each variable: {{1}} has none',
			'createCta',
			{ ...buttons(website()), message_body: BODY },
		],
		[
			'Variable Samples must have a sample for each variable: {{2}} has none',
			'createWithVariables',
			{ message_body: BODY, variable_examples: samples('Ana') },
		],
		[
			'Variable Samples must be as many as there are variables in the text: 2, not 3',
			'createWithVariables',
			{ message_body: BODY, variable_examples: samples('Ana', 'A-1042', 'x') },
		],
		[
			'Message Body must number its variables from {{1}} without a gap: {{3}} stands where {{2}} is expected',
			'createWithVariables',
			{ message_body: 'Hello {{1}}, your order {{3}} is on its way.' },
		],
		[
			'Message Body must have numbered variables only',
			'createWithVariables',
			{ message_body: 'Hello {{name}}, your order is on its way.' },
		],
		['Message Body must not begin', 'createWithVariables', { message_body: '{{1}}, your order is on its way.' }],
		['Message Body must not end', 'createWithVariables', { message_body: 'On its way is your order {{1}}' }],
		[
			'Message Body must have words between',
			'createWithVariables',
			{ message_body: 'Hello and welcome back {{1}} {{2}}, your order is on its way.' },
		],
		['Message Body must have at least 3 words', 'createWithVariables', { message_body: 'Hello {{1}}!' }],
		[
			'Buttons must be at most 10 entries, not 11',
			'createQuickReply',
			buttons(...Array<INodeParameters>(11).fill({ text: 'Yes' })),
		],
		['Buttons must have at most 2 of the kind Website, not 3', 'createCta', buttons(website(), website(), website())],
		['Buttons must have at most 1 of the kind Phone Call, not 2', 'createCta', buttons(call, call)],
		['Buttons must have the quick replies together', 'createCta', buttons(reply('Yes'), website(), reply('No'))],
		['Buttons 1 → Text must be at most 25 characters, not 26', 'createCta', buttons(website('a'.repeat(26)))],
		['Buttons 1 → Text must not have variables', 'createCta', buttons(website('Track {{1}}'))],
		[
			'Buttons 1 → Text must be a code of at most 20 characters, not 21',
			'createCoupon',
			buttons({ type: 'copy_code', text: 'A'.repeat(21) }),
		],
		[
			'Buttons 1 → Text must be a code of at most 15 characters, not 16',
			'createLimitedTimeOffer',
			{ ...buttons({ type: 'copy_code', text: 'A'.repeat(16) }), offer_text: '15% off' },
		],
		[
			'Buttons must begin with the one that copies the code',
			'createLimitedTimeOffer',
			{ ...buttons(website(), { type: 'copy_code', text: 'JUNE15' }), offer_text: '15% off' },
		],
		['Offer Text must be at most 16', 'createLimitedTimeOffer', { message_body: 'Hello', offer_text: 'a'.repeat(17) }],
		['Message Body must be at most 600', 'createLimitedTimeOffer', { message_body: 'a'.repeat(601), offer_text: 'x' }],
		[
			'Cards must be at least 2 entries, not 1',
			'createCarousel',
			{ message_body: 'Lamps', carousel_cards: entries(card()) },
		],
		[
			'Cards 2 → Buttons must be of the same kinds',
			'createCarousel',
			{ message_body: 'Lamps', carousel_cards: entries(card('quick_reply'), card('website')) },
		],
		[
			'Cards 1 → Buttons must be at most 2, not 3',
			'createCarousel',
			{
				message_body: 'Lamps',
				carousel_cards: entries(...Array<INodeParameters>(2).fill(card('quick_reply', 'quick_reply', 'quick_reply'))),
			},
		],
		[
			'Cards 2 → Body must be at most 160',
			'createCarousel',
			{ message_body: 'Lamps', carousel_cards: entries(card(), { ...card(), body: 'a'.repeat(161) }) },
		],
		[
			'Code Expiration Minutes must be at most 90, not 91',
			'createOtp',
			{ additionalFields: { code_expiration_minutes: 91 } },
		],
	])('%s', async (message, operation, more) => {
		const { error } = await api.run(form(operation, more));
		expect(error?.message).toContain(message);
		expect(error?.context?.itemIndex).toBe(0);
		expect(await api.requests()).toEqual([]);
	});

	test('with Continue On Fail, the other templates are created', async () => {
		const items = ['one', 'Not This', 'two'].map((name) => ({ json: { name } }));
		const { json } = await api.run(
			form('createSimple', { template_name: '={{ $json.name }}', message_body: 'Hello' }),
			items,
			{ onError: 'continueRegularOutput' },
		);
		expect(json.map(({ template_name, code }) => template_name ?? code)).toEqual(['one', 'invalid-value', 'two']);
	});
});
