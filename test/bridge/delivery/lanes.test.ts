import { HOUR, MINUTE, SECOND } from '../../support/clock';
import { LanesBridge, OTHER_SENDER } from './lanes-bridge';

jest.setTimeout(120_000);

describe('nobody holds the others back', () => {
	let bridge: LanesBridge;
	afterEach(() => bridge.stop());

	test('a campaign that fills every second leaves an order its place in the next one', async () => {
		bridge = await LanesBridge.start({ campaign: '', confirmation: '' }, { perSecond: 10 });
		await bridge.order('campaign', 30);
		await bridge.test.drain();
		expect(await bridge.taken()).toEqual({ campaign: 10 });
		await bridge.order('confirmation', 2);
		await bridge.test.later(SECOND);
		expect(await bridge.taken()).toEqual({ campaign: 18, confirmation: 2 });
		for (let second = 0; second < 2; second += 1) await bridge.test.later(SECOND);
		expect(await bridge.taken()).toEqual({ campaign: 30, confirmation: 2 });
	});

	test('a sender has its own rate beside the account’s', async () => {
		bridge = await LanesBridge.start(
			{ one: '', two: `sender: "${OTHER_SENDER}"` },
			{ perSecond: 10, senderPerSecond: 4 },
		);
		await bridge.order('one', 12);
		await bridge.order('two', 2);
		await bridge.test.drain();
		expect(await bridge.taken()).toEqual({ one: 4, two: 2 });
		await bridge.test.later(2 * SECOND);
		expect(await bridge.taken()).toEqual({ one: 8, two: 2 });
	});

	test('four mappings whose messages hang fill their own places only', async () => {
		const slow = ['slow_1', 'slow_2', 'slow_3', 'slow_4'];
		const lanes = Object.fromEntries([...slow, 'quick'].map((name) => [name, '']));
		bridge = await LanesBridge.start(lanes, { apiTimeoutMs: 20_000 });
		await bridge.fault(...slow.map((templateName) => ({ match: { templateName }, delayMs: 3_000, status: 503 })));
		for (const name of slow) await bridge.order(name, 20);
		const draining = bridge.test.bridge.drain();
		while ((await bridge.sends()) < 64) await new Promise((resolve) => setTimeout(resolve, 20));
		await bridge.order('quick');
		// A second round of the bridge beside the one that waits, as a webhook that comes in begins one.
		await Promise.race([draining, bridge.test.bridge.drain()]);
		expect(await bridge.taken()).toEqual({ quick: 1 });
		await draining;
	});

	test('a template that the API fails on waits alone, and its own messages are tried one by one', async () => {
		bridge = await LanesBridge.start({ broken: '', fine: '' });
		await bridge.fault({ match: { templateName: 'broken' }, status: 500 });
		await bridge.order('broken', 40);
		await bridge.test.drain();
		for (let order = 1; order <= 3; order += 1) {
			await bridge.order('fine');
			await bridge.test.drain();
			expect(await bridge.taken()).toEqual({ fine: order });
			await bridge.test.later(MINUTE);
		}
	});

	test('a template that WhatsApp has paused is held alone, and goes out when it is released', async () => {
		bridge = await LanesBridge.start({ paused: '', fine: '' });
		const status = (to: string) =>
			bridge.test.control('POST', 'templates', [
				{ name: 'paused', language: 'en_US', category: 'UTILITY', message_body: 'Order {{1}}.', status: to },
			]);
		await bridge.fault({ match: { templateName: 'paused' }, status: 400, body: { error: { code: 132015 } } });
		await bridge.order('paused', 3);
		await bridge.order('fine', 2);
		await bridge.test.drain();
		expect(await bridge.taken()).toEqual({ fine: 2 });
		expect(await bridge.test.messages('?state=held')).toHaveLength(3);
		await bridge.mended();
		await status('APPROVED');
		await bridge.test.later(MINUTE);
		expect(await bridge.taken()).toEqual({ fine: 2, paused: 3 });
	});

	test('a sender that may not send stops alone: told once, tried once a minute, and goes on by itself', async () => {
		bridge = await LanesBridge.start({ one: '', two: `sender: "${OTHER_SENDER}"` });
		await bridge.fault({
			match: { whatsapp_phone_number: OTHER_SENDER },
			status: 400,
			body: { error: { code: 131042 } },
		});
		await bridge.order('two', 20);
		await bridge.order('one', 2);
		await bridge.test.drain();
		expect(await bridge.taken()).toEqual({ one: 2 });
		expect(await bridge.stopped()).toEqual({ '911…90': 0, '120…00': 1 });
		const before = await bridge.sends();
		for (let minute = 0; minute < 20; minute += 1) await bridge.test.later(MINUTE);
		expect((await bridge.sends()) - before).toBeLessThanOrEqual(20);
		const told = bridge.test.logLines.filter((line) => line.includes('"stage":"paused"'));
		expect(told).toHaveLength(1);
		expect(told[0]).toMatch(/"level":"?(error|50)\b.*mend the payment method/);
		expect(bridge.test.logLines.join('')).not.toContain(OTHER_SENDER);
		await bridge.mended();
		await bridge.test.later(MINUTE);
		await bridge.test.later(MINUTE);
		expect(await bridge.taken()).toEqual({ one: 2, two: 20 });
		expect(await bridge.stopped()).toEqual({ '911…90': 0, '120…00': 0 });
		expect(bridge.test.logLines.some((line) => line.includes('"stage":"resumed"'))).toBe(true);
	});

	test('an hour without the API costs 100 messages less than one attempt each, and then each goes out once', async () => {
		bridge = await LanesBridge.start({ one: '', two: '' });
		await bridge.fault({ status: 503 });
		await bridge.order('one', 50);
		await bridge.order('two', 50);
		for (let time = 0; time < HOUR; time += MINUTE) await bridge.test.later(MINUTE);
		expect(await bridge.sends()).toBeLessThan(100);
		expect(await bridge.test.messages('?state=waiting&limit=200')).toHaveLength(100);
		expect(await bridge.test.messages('?state=held')).toHaveLength(0);
		await bridge.mended();
		await bridge.test.later(HOUR);
		await bridge.test.later(MINUTE);
		expect(await bridge.taken()).toEqual({ one: 50, two: 50 });
	});

	test('a storm of 429 without a time is met by waiting longer and longer, and spends no attempts', async () => {
		bridge = await LanesBridge.start({ one: '' });
		await bridge.fault({ status: 429 });
		await bridge.order('one', 20);
		for (let time = 0; time < HOUR; time += MINUTE) await bridge.test.later(MINUTE);
		expect(await bridge.sends()).toBeLessThan(100);
		await bridge.mended();
		await bridge.test.later(2 * MINUTE);
		await bridge.test.later(2 * MINUTE);
		expect(await bridge.taken()).toEqual({ one: 20 });
	});
});

describe('one number and one person', () => {
	let bridge: LanesBridge;
	beforeEach(async () => {
		bridge = await LanesBridge.start({ one: '', two: `sender: "${OTHER_SENDER}"`, same: 'sender: "911234567890"' });
	});
	afterEach(() => bridge.stop());
	const after = async (ms: number) => {
		bridge.test.clock.advance(ms);
		await bridge.test.bridge.drain();
		return (await bridge.test.taken()).map(({ templateVariables }) => templateVariables?.['1']);
	};

	test('a message in six seconds, one order after the other; other people and another number wait for nobody', async () => {
		await bridge.order('one', 3, 1);
		await bridge.order('same', 1, 1);
		await bridge.order('two', 1, 1);
		await bridge.order('one', 1, 2);
		expect((await after(0)).toSorted()).toEqual(['#1', '#5', '#6']);
		expect(await bridge.test.messages('?state=waiting')).toHaveLength(3);
		expect(await after(6 * SECOND - 1)).toHaveLength(3);
		expect((await after(1)).slice(3)).toHaveLength(1);
		expect(await after(5 * SECOND)).toHaveLength(4);
		expect(await after(SECOND)).toHaveLength(5);
		expect((await after(6 * SECOND)).toSorted()).toEqual(['#1', '#2', '#3', '#4', '#5', '#6']);
	});

	test('what WhatsApp refuses for it (131056) is tried again no sooner than after six seconds', async () => {
		await bridge.fault({ times: 1, status: 400, body: { error: { code: 131056 } } });
		await bridge.order('one');
		expect(await after(0)).toEqual([]);
		expect(await after(6 * SECOND - 1)).toEqual([]);
		expect(await after(1)).toEqual(['#1']);
	});
});

test('what a stopped sender kept back is looked at again before it leaves: by night, out of date, to who wrote STOP', async () => {
	const bridge = await LanesBridge.start({
		plain: '',
		by_day: 'quietHours: { from: "15:00", to: "16:00" }',
		soon: 'expires: 30m',
		late_day: 'quietHours: { from: "15:00", to: "16:00" }\nexpires: 1h',
	});
	// It is 14:30 in India.
	await bridge.test.control('POST', 'key', { revoked: true });
	for (const lane of ['plain', 'by_day', 'soon', 'late_day', 'plain']) await bridge.order(lane);
	await bridge.test.drain();
	await bridge.test.admin('/suppressions', {
		method: 'POST',
		body: JSON.stringify({ phone: '+919876500005', scope: 'all', reason: 'wrote STOP' }),
	});
	await bridge.test.control('POST', 'key', { revoked: false });
	await bridge.test.later(40 * MINUTE);
	await bridge.test.later(2 * MINUTE);
	expect(await bridge.taken()).toEqual({ plain: 1 });
	const reasons = (await bridge.test.messages()).map(({ mapping, state, reason }) => [mapping, state, reason ?? '']);
	expect(reasons.filter(([, state]) => state !== 'sent' && state !== 'read').sort()).toEqual([
		['by_day', 'waiting', expect.stringContaining('quiet hours')],
		['late_day', 'skipped', expect.stringContaining('expired')],
		['plain', 'skipped', expect.stringContaining('STOP')],
		['soon', 'skipped', expect.stringContaining('expired')],
	]);
	await bridge.test.later(47 * MINUTE);
	expect(await bridge.taken()).toEqual({ plain: 1 });
	await bridge.test.later(MINUTE);
	expect(await bridge.taken()).toEqual({ plain: 1, by_day: 1 });
	await bridge.stop();
});
