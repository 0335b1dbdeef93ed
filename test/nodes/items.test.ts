import type { INodeExecutionData } from 'n8n-workflow';
import { Pace } from '../../nodes/Messlo/api/pace';
import { runItems } from '../../nodes/Messlo/execute/run-items';
import { ANA, SENDER, withSandbox } from './support/with-sandbox';

const api = withSandbox();
const items = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { label: `Tag ${index}` } }));
const CREATE_TAG = { resource: 'tag', operation: 'create', label: '={{ $json.label }}' };

test('results keep the order of the items, whichever answer comes first', async () => {
	await api.fault({ operation: 'createTag', match: { label: 'Tag 0' }, delayMs: 200 });
	const { outputs } = await api.run(CREATE_TAG, items(20));
	expect(outputs[0]?.map(({ json, pairedItem }) => [json['label'], pairedItem])).toEqual(
		items(20).map(({ json }, item) => [json['label'], { item }]),
	);
	expect((await api.requests('createTag')).at(-1)?.body).not.toEqual({ label: 'Tag 0' });
});

test('a rate limit is waited for, and the item sent again', async () => {
	await api.fault({ operation: 'createTag', match: { label: 'Tag 1' }, times: 2, status: 429, retryAfter: 0 });
	const { json } = await api.run(CREATE_TAG, items(3));
	expect(json.map(({ label }) => label)).toEqual(['Tag 0', 'Tag 1', 'Tag 2']);
	expect(await api.requests('createTag')).toHaveLength(5);
});

test('an hour is not waited for', async () => {
	await api.fault({ operation: 'createTag', status: 429, retryAfter: 3600 });
	const { error } = await api.run(CREATE_TAG, items(1));
	expect(error?.message).toBe('The API asks to slow down');
});

test('a fault that may have been carried out is not sent again', async () => {
	await api.fault({ operation: 'createTag', status: 502, taken: true });
	const { error } = await api.run(CREATE_TAG, items(1));
	expect(error?.message).toBe('The API had a passing fault');
	expect(await api.requests('createTag')).toHaveLength(1);
});

describe('batches', () => {
	const sleeps: number[] = [];
	const sleep = (ms: number) => {
		sleeps.push(ms);
		return Promise.resolve();
	};
	beforeEach(() => sleeps.splice(0));

	/** How many were at work at a time, at most. */
	async function busiest(count: number, batches: { atOnce: number; size?: number; intervalMs: number }) {
		let busy = 0;
		let most = 0;
		const work = async (index: number) => {
			busy += 1;
			most = Math.max(most, busy);
			await new Promise(setImmediate);
			busy -= 1;
			return index;
		};
		const results = await runItems(count, batches, work, sleep);
		expect(results).toEqual(Array.from({ length: count }, (_, index) => index));
		return most;
	}

	test('as many are at work as may be, and never more', async () => {
		expect(await busiest(50, { atOnce: 8, intervalMs: 0 })).toBe(8);
		expect(await busiest(3, { atOnce: 8, intervalMs: 0 })).toBe(3);
		expect(await busiest(0, { atOnce: 8, intervalMs: 0 })).toBe(0);
		expect(sleeps).toEqual([]);
	});

	test('a batch ends before the pause, and no pause comes after the last', async () => {
		expect(await busiest(5, { atOnce: 8, size: 2, intervalMs: 1000 })).toBe(2);
		expect(sleeps).toEqual([1000, 1000]);
	});

	test('after a failure nothing more is begun, and the earliest failure is told', async () => {
		const begun: number[] = [];
		const work = async (index: number) => {
			begun.push(index);
			await new Promise(setImmediate);
			if (index === 1 || index === 2) throw new Error(`item ${index}`);
		};
		await expect(runItems(100, { atOnce: 4, intervalMs: 0 }, work, sleep)).rejects.toThrow('item 1');
		expect(begun.length).toBeLessThan(10);
	});
});

test('when one must wait, all wait, as long as the API said', async () => {
	let now = 0;
	const slept: number[] = [];
	const pace = new Pace({
		now: () => now,
		sleep: (ms) => {
			slept.push(ms);
			now += ms;
			return Promise.resolve();
		},
	});
	await pace.turn();
	pace.hold(3000);
	pace.hold(1000);
	await pace.turn();
	await pace.turn();
	expect(slept).toEqual([3000]);
});

describe('values', () => {
	const SEND = {
		resource: 'message',
		operation: 'sendText',
		whatsapp_phone_number: { __rl: true, mode: 'list', value: '+91 12345 67890' },
		message: 'Hello',
	};
	const sent = async () => (await api.requests('sendMessage')).map(({ body }) => body);

	test('phones are read as people write them', async () => {
		await api.run({ ...SEND, contact_no: '={{ $json.phone }}' }, [
			{ json: { phone: '+1 (202) 555-0143' } },
			{ json: { phone: 12025550144 } },
		]);
		expect(await sent()).toEqual(
			expect.arrayContaining([
				{ messageType: 'text', contact_no: ANA, whatsapp_phone_number: SENDER, message: 'Hello' },
				{ messageType: 'text', contact_no: '12025550144', whatsapp_phone_number: SENDER, message: 'Hello' },
			]),
		);
	});

	test('a national number takes the default calling code', async () => {
		await api.run({ ...SEND, contact_no: '098765 43210', requestOptions: { callingCode: '+91' } });
		expect(await sent()).toEqual([expect.objectContaining({ contact_no: '919876543210' })]);
	});

	test('a number without a country is refused before anything is sent', async () => {
		const { error } = await api.run({ ...SEND, contact_no: '98765 43210' });
		expect(error?.message).toMatch(/^Recipient Phone has no country code: write it like \+91/);
		expect(error?.context?.itemIndex).toBe(0);
		expect(await api.requests()).toEqual([]);
	});

	test.each([
		['2026-07-01T09:00:00', '2026-07-01T03:30:00.000Z'],
		['2026-07-01 09:00', '2026-07-01T03:30:00.000Z'],
		['2026-07-01T09:00:00.000+02:00', '2026-07-01T09:00:00.000+02:00'],
		["={{ DateTime.fromISO('2026-07-01T09:00:00', { zone: 'UTC' }) }}", '2026-07-01T09:00:00.000Z'],
		["={{ new Date('2026-07-01T09:00:00Z') }}", '2026-07-01T09:00:00.000Z'],
	])('the time %s is sent as %s from a workflow in India', async (scheduled_at, expected) => {
		const { error } = await api.run(
			{
				resource: 'campaign',
				operation: 'createForAll',
				name: 'June letter',
				waba_id: { __rl: true, mode: 'id', value: 'w1' },
				template_name: { __rl: true, mode: 'id', value: 'monthly_letter' },
				is_scheduled: true,
				scheduled_at,
			},
			undefined,
			undefined,
			{ timezone: 'Asia/Kolkata' },
		);
		const [request] = await api.requests('createCampaign');
		expect([request?.body, error?.message]).toEqual([
			expect.objectContaining({ scheduled_at: expected }),
			expect.anything(),
		]);
	});

	test('a list may be text with commas, or an array by an expression', async () => {
		for (const mediaUrls of [
			'https://a.example/1.jpg, https://a.example/2.jpg?a=1,2',
			"={{ ['https://a.example/1.jpg', 'https://a.example/2.jpg?a=1,2'] }}",
		])
			await api.run({ ...SEND, operation: 'sendMultipleMedia', contact_no: ANA, mediaUrls });
		const urls = ['https://a.example/1.jpg', 'https://a.example/2.jpg?a=1,2'];
		expect((await sent()).map((body) => (body as { mediaUrls: unknown }).mediaUrls)).toEqual([urls, urls]);
	});

	test('broken JSON is refused with the name of the field', async () => {
		const { error } = await api.run({ resource: 'flow', operation: 'create', name: 'Greeting', nodes: '[{' });
		expect(error?.message).toMatch(/^Nodes must be JSON: /);
	});

	test('an entry of a list that misses something is named by its place', async () => {
		const { error } = await api.run({
			resource: 'template',
			operation: 'createQuickReply',
			waba_id: { __rl: true, mode: 'id', value: 'w1' },
			...{ template_name: 'order_update', category: 'UTILITY', language: 'en_US', message_body: 'Hello' },
			buttons: {
				entries: [
					{ type: 'quick_reply', text: 'Yes' },
					{ type: 'quick_reply', text: "={{ '' }}" },
				],
			},
		});
		expect(error?.message).toMatch(/^Buttons 2 → Text is missing/);
	});
});
