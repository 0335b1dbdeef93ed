import { once } from 'node:events';
import { createServer } from 'node:http';
import { ANA, openSandbox, SENDER, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'reset'));

const WABA = '665f1c2ab7d1c8a5f0e41001';
const dataOf = ({ body }: { body: Record<string, unknown> }) =>
	body['data'] as Record<string, unknown> & { _id: string };
const write = (message: string) => sandbox.control('POST', 'inbound', { contact_no: ANA, message, name: 'Ana Lima' });

/** A flow whose nodes follow each other after its trigger. */
async function flow(nodes: { type: string; parameters?: Record<string, unknown> }[], isActive = true): Promise<string> {
	const all = [{ type: 'trigger', parameters: { event_type: 'message_received' } }, ...nodes].map((node, index) => ({
		id: `n${index}`,
		...node,
	}));
	const connections = nodes.map((_, index) => ({
		id: `c${index}`,
		source: `n${index}`,
		target: `n${index + 1}`,
		sourceHandle: 'src',
		targetHandle: 'tgt',
	}));
	const { _id } = dataOf(await sandbox.api('POST', '/api/automation', { name: 'Test', nodes: all, connections }));
	if (isActive) await sandbox.api('PATCH', `/api/automation/${_id}/toggle`, { is_active: true });
	return _id;
}
const runs = async (id: string) => dataOf(await sandbox.api('GET', `/api/automation/${id}/executions`))['executions'];

test('an active flow answers whoever writes, and keeps its run', async () => {
	const greet = { type: 'send_message', parameters: { message_body: 'Hello {{contact_name}}!' } };
	const id = await flow([greet, { type: 'add_tag', parameters: { tag_name: 'Wrote' } }]);
	await write('Hi');
	expect(await sandbox.list('messages')).toMatchObject([
		{ direction: 'incoming', message: 'Hi' },
		{ direction: 'outgoing', message: 'Hello Ana Lima!', contact_no: ANA },
	]);
	const [run] = (await runs(id)) as { _id: string }[];
	const one = await sandbox.api('GET', `/api/automation/executions/${run?._id}`);
	expect(dataOf(one)).toMatchObject({
		status: 'success',
		execution_log: [{ type: 'trigger' }, { type: 'send_message' }, { type: 'add_tag' }],
	});
	const tags = dataOf(await sandbox.api('GET', '/api/tags')) as unknown as { _id: string; label: string }[];
	const contacts = dataOf(await sandbox.api('GET', '/api/contacts'))['contacts'];
	expect([tags[0]?.label, contacts]).toMatchObject(['Wrote', [{ tags: [tags[0]?._id] }]]);
});

test('its api node pushes the message to an address, whatever signs are in it', async () => {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	const got: { path: string | undefined; secret: unknown; body: string }[] = [];
	server.on('request', (request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			got.push({ path: request.url, secret: request.headers['x-secret'], body });
			response.statusCode = request.url === '/hook' ? 200 : 500;
			response.end();
		});
	});
	const api = (path: string, body: unknown) => ({
		type: 'api',
		parameters: { url: `http://127.0.0.1:${port}/${path}`, method: 'POST', headers: { 'X-Secret': 's3' }, body },
	});
	await flow([api('hook', { from: '{{senderNumber}}', contact: '{{contactId}}', text: '{{message}}' })]);
	await flow([api('hook', '{"text": "{{message}}"}')]);
	const failing = await flow([api('broken', ''), { type: 'send_message', parameters: { message_body: 'never' } }]);
	await write('He said "hi" \\ and left');
	const [contact] = dataOf(await sandbox.api('GET', '/api/contacts'))['contacts'] as { _id: string }[];
	const text = 'He said "hi" \\ and left';
	expect(
		got
			.map(({ body }) => body)
			.slice(0, 2)
			.map((body) => JSON.parse(body) as unknown),
	).toEqual([{ from: ANA, contact: contact?._id, text }, { text }]);
	expect(got[0]).toMatchObject({ path: '/hook', secret: 's3' });
	expect(await runs(failing)).toMatchObject([{ status: 'failed', execution_log: [{}, { type: 'api' }] }]);
	expect(await sandbox.list('calls')).toMatchObject([{ status: 200 }, { status: 200 }, { status: 500 }]);
	server.close();
	server.closeAllConnections();
});

test('an inactive flow does nothing, and cannot be tested', async () => {
	const id = await flow([{ type: 'send_message', parameters: { message_body: 'Hello' } }], false);
	await write('Hi');
	const refused = await sandbox.api('POST', `/api/automation/${id}/test`, {});
	expect([refused.status, refused.body['message']]).toEqual([400, 'Flow Test is not active']);
	expect(await sandbox.list('messages')).toHaveLength(1);
	expect(await runs(id)).toEqual([]);
});

test('a test of a flow is a run; statistics count it', async () => {
	const id = await flow([{ type: 'wait_for_reply' }, { type: 'api', parameters: { url: 'http://127.0.0.1:1' } }]);
	const run = await sandbox.api('POST', `/api/automation/${id}/test`, { test_data: { senderNumber: ANA } });
	expect(dataOf(run)).toMatchObject({ status: 'waiting', flow_id: id });
	expect(dataOf(await sandbox.api('GET', '/api/automation/statistics'))).toMatchObject({
		total_flows: 1,
		active_flows: 1,
		total_executions: 1,
	});
	const failed = await sandbox.api('GET', `/api/automation/${id}/executions?status=failed`);
	expect(dataOf(failed)['executions']).toEqual([]);
});

test.each([
	['without a trigger', { nodes: [{ id: 'a', type: 'send_message' }] }, 'nodes must have a trigger'],
	[
		'with an id twice',
		{
			nodes: [
				{ id: 'a', type: 'trigger' },
				{ id: 'a', type: 'api' },
			],
		},
		'nodes has the id a twice',
	],
	[
		'with an edge to nothing',
		{
			nodes: [{ id: 'a', type: 'trigger' }],
			connections: [{ id: 'c', source: 'a', target: 'b', sourceHandle: 'src', targetHandle: 'tgt' }],
		},
		'connections names b, which is no node',
	],
])('a flow %s is refused', async (_what, graph, reason) => {
	const { status, body } = await sandbox.api('POST', '/api/automation', { name: 'Test', ...graph });
	expect([status, body['message']]).toEqual([400, `Invalid flow: ${reason}`]);
});

describe('keyword bots', () => {
	const bot = async (fields: Record<string, unknown>) => {
		const text = { waba_id: WABA, name: 'Prices', content: 'From $49.' };
		const { _id } = dataOf(await sandbox.api('POST', '/api/reply-materials', text));
		await sandbox.api('POST', '/api/message-bots', { waba_id: WABA, reply_id: _id, ...fields });
	};
	const answers = async (text: string) => {
		await write(text);
		return (await sandbox.list('messages')).filter(({ direction }) => direction === 'outgoing').length;
	};

	test.each([
		['exact', 'PRICE', 'the price'],
		['contains', 'what is the price?', 'cost'],
		['starts_with', 'price please', 'the price'],
		['ends_with', 'the price', 'price please'],
	])('%s takes %j and not %j', async (matching_method, good, bad) => {
		await bot({ keywords: ['price'], matching_method });
		expect([await answers(bad), await answers(good)]).toEqual([0, 1]);
	});

	test('that are switched off say nothing', async () => {
		await bot({ keywords: ['price'], status: 'inactive' });
		expect(await answers('price')).toBe(0);
	});
});

test('a chatbot answers what it was taught', async () => {
	const { _id } = dataOf(await sandbox.api('POST', '/api/chatbots', { waba_id: WABA, name: 'Adviser' }));
	const ask = async () =>
		dataOf(await sandbox.api('POST', `/api/chatbots/${_id}/chat`, { message: 'When do you open on Monday?' }))['reply'];
	expect(await ask()).toBe('I have not been taught about that yet.');
	const training_data = [
		{ question: 'Where are you?', answer: 'In Austin.' },
		{ question: 'When do you open?', answer: 'At 9.' },
	];
	await sandbox.api('POST', `/api/chatbots/${_id}/train`, { training_data, knowledgeType: 'q&a' });
	expect(await ask()).toBe('At 9.');
	const sources = await sandbox.api('GET', `/api/chatbots/${_id}/knowledge-sources`);
	expect(sources.body['data']).toMatchObject([{ title: 'Training', training_data }]);
});

test('an industry pack makes tags, segments, fields, flows and a chatbot, once', async () => {
	const apply = () =>
		sandbox.api('POST', '/api/industry-packs/apply', { pack_slug: 'school', personalization: { company_name: 'Oak' } });
	expect((await sandbox.api('POST', '/api/industry-packs/resync-flows', {})).status).toBe(400);
	await apply();
	await apply();
	const names = async (path: string, field: string) =>
		(dataOf(await sandbox.api('GET', path)) as unknown as Record<string, unknown>[]).map((one) => one[field]);
	expect(await names('/api/tags', 'label')).toEqual(['Parent', 'Admission enquiry']);
	expect(await names('/api/segments', 'name')).toEqual(['Open day guests']);
	expect(await names('/api/custom-fields', 'name')).toEqual(['grade']);
	expect(await names('/api/automation', 'name')).toEqual(['School: greeting']);
	expect(await names(`/api/chatbots?waba_id=${WABA}`, 'name')).toEqual(['Admissions desk']);
	expect(await names('/api/industry-packs', 'is_applied')).toEqual([true, false]);
});

test('an order webhook keeps an order, and sends the template that is mapped to it', async () => {
	await sandbox.control('POST', 'demo', {});
	const made = await sandbox.api('POST', '/api/ecommerce-webhook/create', { webhook_name: 'Shop' });
	const url = String(made.body['webhook_url']);
	const order = { name: '#1042', customer: { phone: `+${ANA}`, first_name: 'Ana' } };
	const post = () =>
		fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) });
	expect(await (await post()).json()).toMatchObject({ message: 'Order kept: map a template to it' });
	const path = `/api/ecommerce-webhook/${dataOf(made)._id}`;
	expect(dataOf(await sandbox.api('GET', path))).toMatchObject({ last_payload: order });
	await sandbox.api('POST', `${path}/map-template`, {
		template_id: '665f1c2ab7d1c8a5f0e41007',
		variables: { '1': 'customer.first_name', '2': 'name' },
	});
	expect((await post()).status).toBe(200);
	expect((await sandbox.list('messages')).at(-1)).toMatchObject({
		contact_no: ANA,
		whatsapp_phone_number: SENDER,
		message: 'Hello Ana, order #1042 is on its way.',
	});
	await sandbox.api('PATCH', `${path}/toggle`, { is_active: false });
	expect((await post()).status).toBe(404);
});

test('a webhook that wants its secret takes no order without it', async () => {
	const fields = { webhook_name: 'Shop', require_auth: true };
	const { body } = await sandbox.api('POST', '/api/ecommerce-webhook/create', fields);
	const path = new URL(String(body['webhook_url'])).pathname;
	const post = (headers: Record<string, string>) => sandbox.call('POST', path, { name: '#1' }, headers);
	const secret = String(body['secret_key']);
	expect([(await post({})).status, (await post({ authorization: `Bearer ${secret}` })).status]).toEqual([401, 200]);
	expect((await sandbox.call('GET', path)).status).toBe(405);
	expect((await sandbox.api('GET', '/api/ecommerce-webhook/list')).text).not.toContain(secret);
});
