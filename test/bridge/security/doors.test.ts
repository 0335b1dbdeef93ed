import fc from 'fast-check';
import { TestBridge } from '../../support/bridge';
import { MINUTE } from '../../support/clock';
import { DOORS, type Door, SOURCES, YAML } from './doors';

let bridge: TestBridge;
beforeAll(async () => {
	bridge = await TestBridge.start({ templates: false, sources: SOURCES, yaml: YAML });
});
afterAll(() => bridge.stop());

/** Stands in every forged body: nothing of one may be kept or told anywhere. */
const CANARY = 'canary-4711';

async function post(path: string, headers: Record<string, string>, body: Uint8Array) {
	const answer = await fetch(bridge.bridge.url + path, { method: 'POST', headers, body: new Uint8Array(body) });
	return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
/** Rows of the ledger, as /metrics counts them. */
async function rows(): Promise<number> {
	const text = await (await fetch(`${bridge.bridge.url}/metrics`)).text();
	return [...text.matchAll(/^messlo_bridge_ledger\{.*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}
const isPing = (door: Door, { status, body }: Awaited<ReturnType<typeof post>>) =>
	door.path.includes('woocommerce') && status === 200 && body['received'] === 'ping' && !('event' in body);

const value = fc.oneof(
	fc.string({ maxLength: 200 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').trim()),
	fc.base64String({ minLength: 44, maxLength: 44 }),
	fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
	fc.constantFrom('', '=', 'AAAA', 'null', 'undefined', 'true', 'Bearer ', 'Bearer null', 'sync', 'update', '0', '1e9'),
);
const CONTENT = [
	'application/json',
	'application/x-www-form-urlencoded',
	'text/plain',
	'multipart/form-data',
	'a/b; charset=utf-7',
];
const encodings = fc.constantFrom('gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity', 'nonsense');
const body = fc.oneof(
	fc.uint8Array({ minLength: 1, maxLength: 3000 }),
	fc.json().map((text) => Buffer.from(text)),
	fc
		.constantFrom('webhook_id=1', `webhook_id=${CANARY}`, '{"__proto__":{"x":1}}', '['.repeat(5000))
		.map((text) => Buffer.from(text)),
);
const marked = (bytes: Uint8Array) => Buffer.concat([Buffer.from(bytes), Buffer.from(` ${CANARY}`)]);

test.each(DOORS)('$path takes nothing unsigned: no 5xx, nothing stored, nothing of it told', async (door) => {
	const before = await rows();
	const headers = fc.record({
		given: fc.dictionary(fc.constantFrom(...door.headers), value),
		type: fc.constantFrom(...CONTENT),
		encoding: fc.option(encodings, { nil: undefined }),
	});
	await fc.assert(
		fc.asyncProperty(headers, body, fc.boolean(), async ({ given, type, encoding }, bytes, isMarked) => {
			const sent = {
				'content-type': type,
				...given,
				...(encoding === undefined ? {} : { 'content-encoding': encoding }),
			};
			const answer = await post(door.path, sent, isMarked ? marked(bytes) : bytes);
			if (isPing(door, answer)) return;
			expect(answer.status).toBeGreaterThanOrEqual(400);
			expect(answer.status).toBeLessThan(500);
			expect(answer.body['event']).toBeUndefined();
		}),
		{ numRuns: 150 },
	);
	expect(await rows()).toBe(before);
	expect(bridge.logLines.filter((line) => line.includes(CANARY))).toEqual([]);
});

test.each(DOORS.filter(({ genuine }) => genuine))(
	'$path takes no genuine request of which anything was changed',
	async (door) => {
		const { genuine, body: original = Buffer.alloc(0), proof } = door;
		if (!genuine) throw new Error('none');
		const before = await rows();
		const isSecret = proof === 'x-bridge-secret';
		const changedBody = fc
			.record({ at: fc.nat(original.length - 1), xor: fc.integer({ min: 1, max: 255 }) })
			.map(({ at, xor }) => {
				const changed = Buffer.from(original);
				changed[at] = (changed[at] ?? 0) ^ xor;
				return { body: changed, alter: (signature: string) => signature };
			});
		const alterations: ((signature: string) => string)[] = [
			(s) => s.slice(0, -1),
			(s) => `${s}=`,
			(s) => s.toUpperCase(),
			(s) => s.toLowerCase().split('').reverse().join(''),
			(s) => `${s}, ${s}`,
			(s) => `sha256=${s}`,
			(s) => Buffer.from(s, 'base64').toString('hex'),
			(s) => Buffer.from(s, 'hex').toString('base64'),
			(s) => s.slice(0, 5),
			() => '',
		];
		const changedProof = fc.oneof(
			fc.constantFrom(...alterations),
			fc.record({ at: fc.nat(63), by: fc.constantFrom(...'ABCxyz019+/-_=') }).map(
				({ at, by }) =>
					(s: string) =>
						s.slice(0, at % s.length) + by + s.slice((at % s.length) + 1),
			),
		);
		const change = fc.oneof(
			...(isSecret ? [] : [changedBody]),
			changedProof.map((alter) => ({ body: original, alter })),
		);
		await fc.assert(
			fc.asyncProperty(change, fc.nat(), async ({ body: sent, alter }, n) => {
				const headers = genuine(original, n, bridge.clock.now());
				const signature = headers[proof] ?? '';
				const altered = alter(signature);
				fc.pre(altered !== signature || !sent.equals(original));
				const answer = await post(door.path, { ...headers, [proof]: altered }, sent);
				expect([401, 400]).toContain(answer.status);
			}),
			{ numRuns: 120 },
		);
		expect(await rows()).toBe(before);
	},
);

test.each(DOORS.filter(({ genuine }) => genuine))(
	'$path still takes what is genuine',
	async ({ path, genuine, body: bytes = Buffer.alloc(0) }) => {
		bridge.clock.advance(MINUTE);
		const answer = await post(path, genuine?.(bytes, 1, bridge.clock.now()) ?? {}, bytes);
		expect(answer.status).toBe(200);
		expect((await post(path, genuine?.(bytes, 1, bridge.clock.now()) ?? {}, bytes)).status).toBe(200);
	},
);

test('forged and genuine requests at once: each gets its own verdict', async () => {
	const [door] = DOORS;
	const { genuine, body: bytes = Buffer.alloc(0), path = '', proof = '' } = door ?? {};
	const before = await rows();
	const answers = await Promise.all(
		Array.from({ length: 200 }, async (_, n) => {
			const own = Buffer.from(bytes.toString().replace('1531.64', `15${n}.64`));
			const other = Buffer.from(bytes.toString().replace('1531.64', `16${n}.64`));
			const headers = genuine?.(own, 1000 + n, bridge.clock.now()) ?? {};
			const isForged = n % 2 === 1;
			const forged = { ...headers, [proof]: genuine?.(other, 0, bridge.clock.now())[proof] ?? '' };
			return { isForged, status: (await post(path, isForged ? forged : headers, own)).status };
		}),
	);
	expect(answers.filter(({ isForged, status }) => status !== (isForged ? 401 : 200))).toEqual([]);
	expect((await rows()) - before).toBe(100);
});

test('sources without a secret, or with an empty one, believe nobody', async () => {
	const none = await TestBridge.start({
		templates: false,
		sources: ['{ id: rows, kind: google-sheets, spreadsheet: s1, sheet: Sheet1, phone: Phone, status: Status }'],
	});
	for (const { path, genuine, body: bytes = Buffer.from('{}') } of DOORS.filter(({ path }) =>
		/sheets|messlo/.test(path),
	)) {
		const headers = genuine?.(bytes, 1, none.clock.now()) ?? {};
		const emptied = Object.fromEntries(
			Object.entries(headers).map(([name, text]) => [name, /secret|signature/.test(name) ? '' : text]),
		);
		for (const given of [headers, emptied]) {
			const answer = await fetch(none.bridge.url + path, {
				method: 'POST',
				headers: given,
				body: new Uint8Array(bytes),
			});
			expect([answer.status, (await answer.json()) as unknown]).toEqual([
				401,
				expect.objectContaining({ reason: 'no-secret-configured' }),
			]);
		}
	}
	await none.stop();
});
