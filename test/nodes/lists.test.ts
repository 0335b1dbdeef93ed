import { Messlo } from '../../nodes/Messlo/Messlo.node';
import { withSandbox } from './support/with-sandbox';

const api = withSandbox();
const GET_TAGS = { resource: 'tag', operation: 'getMany' };

const addTags = async (count: number) => {
	for (let number = 1; number <= count; number += 1) await api.post('/api/tags', { label: `Tag ${number}` });
};

/** The node as an agent's tool: n8n names the type so. */
function asTool(): Messlo {
	const tool = new Messlo();
	tool.description = { ...tool.description, name: 'messloTool' };
	return tool;
}

test('Return All goes through all pages', async () => {
	await addTags(205);
	const { json } = await api.run({ ...GET_TAGS, returnAll: true });
	expect(new Set(json.map(({ label }) => label)).size).toBe(205);
	expect((await api.requests('listTags')).map(({ query }) => [query['page'], query['limit']])).toEqual(
		[1, 2, 3].map((page) => [String(page), '100']),
	);
});

test('a limit within a page asks for no more than that', async () => {
	await addTags(5);
	const { json } = await api.run({ ...GET_TAGS, limit: 3 });
	expect(json).toHaveLength(3);
	expect((await api.requests('listTags')).map(({ query }) => query['limit'])).toEqual(['3']);
});

test('a limit beyond a page takes whole pages and cuts the last', async () => {
	await addTags(130);
	const { json } = await api.run({ ...GET_TAGS, limit: 120 });
	expect(json).toHaveLength(120);
	expect(await api.requests('listTags')).toHaveLength(2);
});

test('a server that always answers the first page is asked twice, not forever', async () => {
	const data = Array.from({ length: 100 }, (_, index) => ({ _id: String(index), label: `Tag ${index}` }));
	await api.fault({ operation: 'listTags', times: 'always', status: 200, body: { success: true, data } });
	const { json } = await api.run({ ...GET_TAGS, returnAll: true });
	expect(json).toHaveLength(100);
	expect(await api.requests('listTags')).toHaveLength(2);
});

test('an empty list gives no items', async () => {
	expect(await api.run({ ...GET_TAGS, returnAll: true })).toEqual({ outputs: [[]], json: [] });
});

describe('what is returned of a record', () => {
	const record = {
		_id: 't1',
		__v: 0,
		label: 'Hot',
		color: '',
		note: null,
		rules: [],
		owner: { _id: 'a1', name: 'Ben', team: { _id: 'x', name: 'Sales' } },
		counts: { contacts: 3 },
	};
	beforeEach(() =>
		api.fault({ operation: 'listTags', times: 'always', status: 200, body: { success: true, data: [record] } }),
	);
	const simple = { id: 't1', label: 'Hot', owner: { id: 'a1', name: 'Ben' }, counts: { contacts: 3 } };

	test('simplified, by default', async () => {
		expect((await api.run(GET_TAGS)).json).toEqual([simple]);
	});

	test('raw, without Simplify', async () => {
		expect((await api.run({ ...GET_TAGS, simplify: false })).json).toEqual([record]);
	});

	test.each([
		[{ output: 'simplified' }, simple],
		[{ output: 'raw' }, record],
		[
			{ output: 'selectedFields', outputFields: 'id, owner.name, nothing' },
			{ id: 't1', 'owner.name': 'Ben' },
		],
	])('as an agent chose it: %j', async (choice, expected) => {
		const { json } = await api.run({ ...GET_TAGS, ...choice }, undefined, undefined, { node: asTool() });
		expect(json).toEqual([expected]);
	});
});

test('a moved endpoint is found on its other path', async () => {
	await api.fault({ operation: 'getSubscriptionUsage', status: 404, body: { message: 'Cannot GET' } });
	const { json } = await api.run({ resource: 'subscription', operation: 'getUsage' });
	expect(json).toHaveLength(1);
	expect((await api.requests()).map(({ path }) => path)).toEqual([
		'/api/subscriptions/usage',
		'/api/subscription/usage',
	]);
});

test('what was deleted says so', async () => {
	const { data } = await api.post('/api/contacts', { phone_number: '+12025550143' });
	const { _id: id } = data as { _id: string };
	const { json } = await api.run({
		resource: 'contact',
		operation: 'delete',
		ids: { entries: [{ record: { __rl: true, mode: 'id', value: id } }] },
	});
	expect(json).toEqual([expect.objectContaining({ deleted: true })]);
});
