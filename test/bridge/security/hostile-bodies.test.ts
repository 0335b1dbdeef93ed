import { gzipSync } from 'node:zlib';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';
import { DOORS, SOURCES, YAML } from './doors';

const SIGNED = DOORS.filter(({ genuine }) => genuine);

let bridge: TestBridge;
beforeAll(async () => {
	bridge = await TestBridge.start({ sources: SOURCES.slice(0, 2), yaml: YAML });
	await bridge.drain();
});
afterAll(() => bridge.stop());

let posts = 0;
async function post(door: (typeof DOORS)[number], body: Buffer, more: Record<string, string> = {}) {
	posts += 1;
	const headers = { ...door.genuine?.(body, posts, bridge.clock.now()), ...more };
	const answer = await fetch(bridge.bridge.url + door.path, { method: 'POST', headers, body: new Uint8Array(body) });
	return { status: answer.status, text: await answer.text() };
}
/** Each told once. */
const errors = () => {
	const found = bridge.logLines.filter((line) => line.includes('"level":"error"')).map((line) => line.slice(0, 900));
	bridge.logLines.length = 0;
	return found;
};
/** The bridge plans what it took, fails at nothing, and a usual order goes out. */
async function goesOn(): Promise<void> {
	const start = performance.now();
	await bridge.drain();
	expect(performance.now() - start).toBeLessThan(10_000);
	expect(errors()).toEqual([]);
	const before = (await bridge.taken()).length;
	posts += 1;
	await bridge.post({
		...(JSON.parse(shopifyFixture('orders-create.in-cod-optin').toString()) as object),
		id: posts,
		name: `#${posts}`,
	});
	await bridge.drain();
	expect((await bridge.taken()).length).toBe(before + 1);
}

const deep = (open: string, close: string) => open.repeat(100_000) + '1' + close.repeat(100_000);
const BODIES: Record<string, string | Buffer> = {
	'100,000 brackets': deep('[', ']'),
	'100,000 objects': deep('{"a":', '}'),
	'an order with 100,000 brackets in it': `{"id":1,"note":${deep('[', ']')}}`,
	'a row with 100,000 brackets in it': `{"values":{"Phone":${deep('[', ']')}},"id":"m","from":"919876543210","text":${deep('[', ']')}}`,
	'100,000 brackets beside a long number': `{"id":123456789012345678901234567890,"a":${deep('[', ']')}}`,
	'brackets that never close': '['.repeat(1_000_000),
	'numbers of a million digits': `{"id":${'9'.repeat(1_000_000)},"total_price":"${'9'.repeat(1_000_000)}","values":{"Phone":${'9'.repeat(100_000)}}}`,
	'numbers beyond all numbers': '{"id":1e400,"total_price":"1e400","subtotal_price":"-1e-400","from":1e400}',
	'a million keys': `{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`,
	'one key a million times': `{${Array.from({ length: 200_000 }, () => '"id":1').join(',')}}`,
	'names that every object has': JSON.stringify({
		id: 7,
		constructor: { prototype: { polluted: 'yes' } },
		note_attributes: [
			{ name: '__proto__', value: 'polluted' },
			{ name: 'constructor', value: 'polluted' },
		],
		meta_data: [{ key: '__proto__', value: { polluted: 'yes' } }],
		values: { constructor: 'x', Phone: '9876543210' },
		from: '919876543210',
	}).replace('{"id"', '{"__proto__":{"polluted":"yes"},"id"'),
	'no UTF-8': Buffer.concat([
		Buffer.from('{"id":1,"note":"'),
		Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
		Buffer.from('"}'),
	]),
	'nothing but zeros': Buffer.alloc(1_000_000),
	'lines for the log':
		'{"id":"1\\n{\\"level\\":\\"fatal\\",\\"msg\\":\\"forged\\"}","name":"\\u001b[2J\\r\\nforged","from":"x\\nforged"}',
};

describe.each(SIGNED)('signed, to $path', (door) => {
	test.each(Object.keys(BODIES))('%s', async (name) => {
		const { status } = await post(door, Buffer.from(BODIES[name] ?? ''));
		expect([200, 400, 413, 422]).toContain(status);
		await goesOn();
		expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
	});

	test('a body that is compressed is kept as it is, and never unpacked', async () => {
		const bomb = gzipSync(Buffer.alloc(200_000_000, '['), { level: 1 });
		const before = process.memoryUsage.rss();
		const { status } = await post(door, bomb, { 'content-encoding': 'gzip' });
		expect([413, 415, 422]).toContain(status);
		await goesOn();
		expect(process.memoryUsage.rss() - before).toBeLessThan(150_000_000);
	});
});

test('every line of the log is one line of JSON, whatever was sent', () => {
	for (const line of bridge.logLines) {
		expect(line.trimEnd().split('\n')).toHaveLength(1);
		expect(() => JSON.parse(line) as unknown).not.toThrow();
		// eslint-disable-next-line no-control-regex
		expect(line.trimEnd()).not.toMatch(/[\x00-\x1f]/);
	}
});

/** What a buyer can write at length, in patterns that some expressions for text need a long time for. */
const PATTERNS = ['<', '<script', '(', ' ', '\n', '&#', '+91 ', '9', '9-', 'a@', '.', '%', '\u200f', '{{', '👩‍👩‍👧', 'İ'];
test.each(PATTERNS)('an order full of %j holds nobody up', async (pattern) => {
	const filled = pattern.repeat(Math.ceil(50_000 / pattern.length));
	const fill = (value: unknown, depth = 0): unknown => {
		if (typeof value === 'string') return /^[\d.]+$|T\d\d:/.test(value) ? value : filled;
		if (Array.isArray(value)) return value.slice(0, 3).map((each) => fill(each, depth + 1));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, each]) => [
				key,
				/^(currency|.*status|token|kind)$/.test(key) ? each : fill(each, depth + 1),
			]),
		);
	};
	for (const door of SIGNED) {
		const filledBody = Buffer.from(JSON.stringify(fill(JSON.parse(String(door.body)))));
		const { status } = await post(door, filledBody.length > 5_000_000 ? Buffer.from('{"id":1}') : filledBody);
		expect([200, 400, 413, 422]).toContain(status);
	}
	const start = performance.now();
	await bridge.drain();
	expect(performance.now() - start).toBeLessThan(5000);
	expect(errors()).toEqual([]);
});
