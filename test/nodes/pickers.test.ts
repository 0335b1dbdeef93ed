import type { INodeParameters } from 'n8n-workflow';
import { methods } from '../../nodes/Messlo/methods';
import { searchMethod } from '../../nodes/Messlo/picker/method-name';
import { PICK } from '../../catalog/pick';
import { loadContext } from './support/run-node';
import { WABA, withSandbox } from './support/with-sandbox';

const api = withSandbox();

function search(pick: keyof typeof PICK, parameters: INodeParameters = {}, filter?: string, token?: string) {
	const method = methods.listSearch[searchMethod(PICK[pick])];
	if (!method) throw new Error(`There is no picker of ${pick}.`);
	return method.call(loadContext({ url: api.url }, parameters), filter, token);
}

const CAMPAIGN = { resource: 'campaign', operation: 'createForAll' };

const names = ({ results }: { results: { name: string }[] }) => results.map(({ name }) => name);

test('templates: approved ones, with language and state, of all accounts', async () => {
	await api.control('templates', [
		{ name: 'order_update', language: 'en_US', status: 'APPROVED', message_body: 'Hello' },
		{ name: 'order_paused', language: 'hi', status: 'PAUSED', message_body: 'Hello' },
	]);
	expect(await search('templateName')).toEqual({
		results: [{ name: 'order_update (en_US, APPROVED)', value: 'order_update' }],
	});
	expect((await api.requests('listTemplates')).map(({ query }) => query['waba_id'])).toEqual([WABA]);
});

test('templates of the account that the form has, or that an expression will give', async () => {
	await search('templateName', { ...CAMPAIGN, waba_id: { __rl: true, mode: 'list', value: '102290129340398' } });
	await search('templateName', { ...CAMPAIGN, waba_id: { __rl: true, mode: 'id', value: '={{ $json.waba }}' } });
	const asked = (await api.requests('listTemplates')).map(({ query }) => query['waba_id']);
	expect(asked).toEqual(['102290129340398', WABA]);
});

test('templates of another channel, where the form has one', async () => {
	await search('templateName', { ...CAMPAIGN, operation: 'createForChannel', platform: 'telegram' });
	expect((await api.requests('listTemplates')).map(({ query }) => query)).toEqual([
		expect.objectContaining({ platform: 'telegram' }),
	]);
});

test('a list goes on where it stopped, to its end', async () => {
	for (let number = 0; number < 230; number += 1)
		await api.post('/api/contacts', {
			phone_number: `+1202555${String(number).padStart(4, '0')}`,
			name: `Contact ${number}`,
		});
	const found = new Set<string>();
	let token: string | undefined;
	do {
		const page = await search('contact', {}, undefined, token);
		for (const { value } of page.results) found.add(String(value));
		token = page.paginationToken;
	} while (token !== undefined);
	expect(found.size).toBe(230);
	expect(await api.requests('listContacts')).toHaveLength(3);
});

test('the API searches where it can; else the whole list is searched here', async () => {
	await api.post('/api/contacts', { phone_number: '+12025550143', name: 'Ana Lima' });
	await api.post('/api/contacts', { phone_number: '+12025550144', name: 'Ben' });
	expect(names(await search('contact', {}, 'ana'))).toEqual([expect.stringMatching(/^Ana Lima \(/)]);
	expect((await api.requests('listContacts')).map(({ query }) => query['search'])).toEqual(['ana']);
	await api.control('templates', [
		{ name: 'order_update', language: 'en_US', status: 'APPROVED', message_body: 'Hello' },
		{ name: 'welcome', language: 'hi', status: 'APPROVED', message_body: 'Hello' },
	]);
	expect(names(await search('templateName', {}, 'HI,'))).toEqual(['welcome (hi, APPROVED)']);
});

test('sender numbers and accounts', async () => {
	expect(await search('sender')).toEqual({
		results: [
			{ name: '+91 12345 67890', value: '+91 12345 67890' },
			{ name: '+1 202-555-0100', value: '+1 202-555-0100' },
		],
	});
	expect(names(await search('waba'))).toEqual(['Messlo sandbox (102290129340398)']);
});

test('tags of a contact: all of them, to choose several', async () => {
	for (let number = 0; number < 120; number += 1) await api.post('/api/tags', { label: `Tag ${number}` });
	const load = methods.loadOptions[searchMethod(PICK.tag)];
	const options = await load?.call(loadContext({ url: api.url }, {}));
	expect(options).toHaveLength(120);
	expect(options?.[0]).toEqual({ name: 'Tag 0', value: expect.any(String) as string });
});

test('a wrong key is told in the list', async () => {
	const method = methods.listSearch[searchMethod(PICK.tag)] ?? methods.listSearch[searchMethod(PICK.contact)];
	const context = loadContext({ url: api.url, apiKey: 'wrong' }, {});
	await expect(method?.call(context)).rejects.toThrow('Messlo does not accept the API key');
});

test('every list of a picker answers', async () => {
	for (const [name, method] of Object.entries(methods.listSearch))
		expect([name, await method.call(loadContext({ url: api.url }, {}))]).toEqual([
			name,
			expect.objectContaining({ results: expect.any(Array) as unknown[] }),
		]);
});
