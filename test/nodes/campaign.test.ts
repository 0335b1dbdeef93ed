import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { ANA, WABA, withSandbox } from './support/with-sandbox';

const api = withSandbox({ campaigns: 'by-hand' });
beforeEach(() => api.control('demo', {}));

const REGULAR = '665f1c2ab7d1c8a5f0e41005';
/** A campaign of the demo account that has not been sent. */
const SPRING = '665f1c2ab7d1c8a5f0e4100e';
const id = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value }) as INodeParameters;
const form = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'campaign',
	operation,
	name: 'June letter',
	waba_id: id(WABA),
	template_name: id('monthly_letter'),
	variables_mapping: {
		pairs: [
			{ key: '1', value: 'friend' },
			{ key: '2', value: 'June' },
		],
	},
	...more,
});
const forNumbers = (more: INodeParameters = {}) =>
	form('createForNumbers', { contact_numbers: '={{ $json.phone }}', ...more });
const phones = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { phone: `+1202555${1000 + index}`, city: `City ${index}` } }));
const each = { campaignMode: 'eachItem' };
const sameName = { additionalFields: { allowSameName: true } };
const created = () => api.requests('createCampaign');
const names = async () => (await created()).map(({ body }) => (body as { name: string }).name);

describe('many items', () => {
	test('make one campaign: phone numbers are gathered, each once', async () => {
		const { json, error } = await api.run(forNumbers(), [...phones(40), ...phones(2)]);
		expect(error).toBeUndefined();
		const [request, ...more] = await created();
		expect(more).toEqual([]);
		expect(request?.body).toEqual({
			recipient_type: 'specific_contacts',
			name: 'June letter',
			waba_id: WABA,
			template_name: 'monthly_letter',
			contact_numbers: phones(40).map(({ json }) => String(json['phone']).slice(1)),
			variables_mapping: { '1': 'friend', '2': 'June' },
			is_scheduled: false,
		});
		expect(json).toEqual([expect.objectContaining({ name: 'June letter', status: 'pending' })]);
	});

	test('make one campaign where nothing depends on the item', async () => {
		const { json } = await api.run(form('createForAll'), phones(25));
		expect(json).toHaveLength(1);
		expect(await names()).toEqual(['June letter']);
	});

	test('must not differ in anything else, when they are to make one', async () => {
		const { error } = await api.run(forNumbers({ name: '=Letter to {{ $json.city }}' }), phones(3));
		expect(error?.message).toBe(
			'Name is not the same in all items (it differs in item 1), but they are to make one campaign: give Name without the item, or set Mode to Run Once for Each Item',
		);
		expect(await api.requests()).toEqual([]);
	});

	test('make none when one of them is wrong; the error names it', async () => {
		const items = [...phones(2), { json: { phone: '555 0100' } }];
		const { error } = await api.run(forNumbers(), items);
		expect(error?.message).toMatch(/^Recipient Phones 1 has no country code.*No campaign was created$/);
		expect(error?.context?.itemIndex).toBe(2);
		expect(await api.requests()).toEqual([]);
	});

	test('make a campaign each where that is chosen and their names differ', async () => {
		const { json, error } = await api.run(forNumbers({ ...each, name: '=Letter to {{ $json.city }}' }), phones(3));
		expect(error).toBeUndefined();
		expect(json.map(({ name }) => name)).toEqual(['Letter to City 0', 'Letter to City 1', 'Letter to City 2']);
		expect(await api.requests('listCampaigns')).toHaveLength(1);
	});

	test('of one name are refused where each makes a campaign, before the first is made', async () => {
		const { error } = await api.run(forNumbers(each), phones(3));
		expect(error?.message).toMatch(/^Name must differ from item to item: 'June letter' would be created 3 times/);
		expect(await api.requests()).toEqual([]);
	});
});

describe('a name that there is already', () => {
	test('is refused in a second run, with the state of the first', async () => {
		await api.run(form('createForAll'));
		const { error } = await api.run(form('createForAll'));
		expect(error?.message).toMatch(
			/^Name must be new: there is a campaign 'June letter' already \(pending, created .*, ID [0-9a-f]{24}\)\. .*Allow Same Name$/,
		);
		expect(await created()).toHaveLength(1);
	});

	test('is taken where that is allowed', async () => {
		await api.run(form('createForAll'));
		const { error } = await api.run(form('createForAll', sameName));
		expect(error).toBeUndefined();
		expect(await names()).toEqual(['June letter', 'June letter']);
	});
});

describe('an answer that got lost', () => {
	test.each([
		['the connection broke', { reset: 'after' }],
		['a gateway gave up', { status: 504, taken: true }],
	])('%s: the campaign that was made is found and given', async (_, fault) => {
		await api.fault({ operation: 'createCampaign', ...fault });
		const { json, error } = await api.run(form('createForAll'));
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ name: 'June letter', foundAfterNoAnswer: true })]);
		expect(await created()).toHaveLength(1);
	});

	test('a campaign that was not made is an error, and nothing is repeated', async () => {
		await api.fault({ operation: 'createCampaign', reset: 'before' });
		const { error } = await api.run(form('createForAll'));
		expect(error?.message).toBe('The API did not answer');
		expect(await created()).toHaveLength(1);
	});

	test.each([
		['finds what the first try made', 'after', 1],
		['makes it where the first try made none', 'before', 2],
	])('Retry On Fail %s', async (_, reset, requests) => {
		await api.fault({ operation: 'createCampaign', reset });
		// The look after the lost answer fails too; the look before counts as the first.
		await api.fault({ operation: 'listCampaigns', times: 1 }, { operation: 'listCampaigns', status: 503 });
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const { json, error } = await api.run(form('createForAll', sameName), undefined, retry);
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ name: 'June letter' })]);
		expect(await created()).toHaveLength(requests);
		const { campaigns } = (await api.get('/api/campaigns'))['data'] as { campaigns: { name: string }[] };
		expect(campaigns.filter(({ name }) => name === 'June letter')).toHaveLength(1);
	});

	test('a refusal of the API is no lost answer', async () => {
		const { error } = await api.run(form('createForAll', { template_name: id('price_change') }));
		expect(error?.message).toBe('There is no approved template of this name in this language');
		expect(await api.requests('listCampaigns')).toHaveLength(1);
	});
});

describe('the limit on recipients', () => {
	const limit = (maximumRecipients: number) => ({ maximumRecipients });

	test('counts the numbers of the request', async () => {
		const { error } = await api.run(forNumbers(), phones(1001));
		expect(error?.message).toBe(
			'Maximum Recipients is 1,000, but this campaign would go to 1,001 people: set it to 1,001 if that is meant',
		);
		expect(await created()).toEqual([]);
		expect((await api.run(forNumbers(limit(1001)), phones(1001))).error).toBeUndefined();
	});

	test('counts all contacts by one small request', async () => {
		const refused = await api.run(form('createForAll', limit(3)));
		expect(refused.error?.message).toMatch(/^Maximum Recipients is 3, but this campaign would go to 4 people/);
		expect((await api.run(form('createForAll', limit(4)))).error).toBeUndefined();
		expect((await api.requests('listContacts')).map(({ query }) => query)).toEqual([
			{ page: '1', limit: '1' },
			{ page: '1', limit: '1' },
		]);
	});

	test('counts the contacts that have one of the tags', async () => {
		const tagged = (maximum: number) => form('createForTags', { tag_ids: [REGULAR], ...limit(maximum) });
		const { error } = await api.run(tagged(1));
		expect(error?.message).toMatch(/^Maximum Recipients is 1, but this campaign would go to 2 people/);
		expect((await api.run(tagged(2))).error).toBeUndefined();
	});

	test('says the most there may be where contacts come without tags', async () => {
		const contacts = [{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }];
		await api.fault({
			operation: 'listContacts',
			times: 'always',
			status: 200,
			body: { success: true, data: { contacts, pagination: { totalItems: 3 } } },
		});
		const { error } = await api.run(form('createForTags', { tag_ids: [REGULAR], ...limit(2) }));
		expect(error?.message).toMatch(/would go to up to 3 people: set it to 3/);
	});

	test('counts by the audience that is chosen in the form', async () => {
		const media = { media_url: 'https://cdn.example.com/banner.jpg', template_name: id('sale_banner') };
		const { error } = await api.run(
			form('createWithMedia', {
				...media,
				...limit(1),
				recipient_type: 'specific_contacts',
				contact_numbers: `+${ANA}, +12025550144`,
			}),
		);
		expect(error?.message).toMatch(/go to 2 people/);
	});

	test('must be a number', async () => {
		const { error } = await api.run(form('createForAll', { maximumRecipients: '={{ 0 }}' }));
		expect(error?.message).toBe('Maximum Recipients must be a number from 1');
	});
});

describe('sending', () => {
	const send = (campaign: string, more: INodeParameters = {}): INodeParameters => ({
		resource: 'campaign',
		operation: 'send',
		id: id(campaign),
		...more,
	});
	const sends = () => api.requests('sendCampaign');
	const whenSent = async () => {
		for (;;) {
			const { campaigns } = (await api.get('/api/campaigns'))['data'] as {
				campaigns: { _id: string; status: string }[];
			};
			if (campaigns.find(({ _id }) => _id === SPRING)?.status === 'completed') return;
			await new Promise(setImmediate);
		}
	};

	test('happens once, however many items name the campaign', async () => {
		const { json, error } = await api.run(send(SPRING), phones(10));
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		expect(await sends()).toHaveLength(1);
	});

	test('of one that was sent before is refused with its state', async () => {
		await api.run(send(SPRING));
		await whenSent();
		const { error } = await api.run(send(SPRING));
		expect(error?.message).toMatch(
			/^Campaign 'Spring letter' cannot be sent again: it is completed, created .*, ID .*\. Create a new campaign instead$/,
		);
		expect(await sends()).toHaveLength(1);
	});

	test('whose answer got lost is looked up', async () => {
		await api.fault({ operation: 'sendCampaign', reset: 'after' });
		const { json, error } = await api.run(send(SPRING));
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ name: 'Spring letter', foundAfterNoAnswer: true })]);
		expect(await sends()).toHaveLength(1);
	});

	test('to more people than allowed is refused', async () => {
		const { error } = await api.run(send(SPRING, { maximumRecipients: 2 }));
		expect(error?.message).toMatch(/^Maximum Recipients is 2, but this campaign would go to 4 people/);
		expect(await sends()).toEqual([]);
	});

	test('of one that is not in the list is left to the API', async () => {
		const { error } = await api.run(send('665f1c2ab7d1c8a5f0e41fff'));
		expect(error?.message).toBe('The API does not find the record');
		expect(await sends()).toHaveLength(1);
	});
});
