import fc from 'fast-check';
import { createHmac, randomBytes } from 'node:crypto';
import { signedWithAny } from '../../../../bridge/src/sources/signature';
import type { MacThread as Thread } from '../../../../bridge/src/sources/macs/mac-thread';
import { builtBridge } from '../../../support/built';

/** The built one: the thread runs a file of the build. */
let MacThread: typeof Thread;
beforeAll(async () => {
	({ MacThread } = (await import(builtBridge('sources/macs/mac-thread.js'))) as { MacThread: typeof Thread });
});

const SECRETS = [['first', 'rotated'], ['of another shop']];
const expected = (set: number, body: Buffer) =>
	(SECRETS[set] ?? []).map((secret) => createHmac('sha256', secret).update(body).digest());

let thread: Thread;
beforeEach(() => {
	thread = new MacThread();
});
afterEach(() => {
	thread.close();
});

/** Webhooks until the thread is up and has taken some. */
async function inBurst(ahead: ReturnType<Thread['ahead']>): Promise<void> {
	for (let taken = false; !taken; await new Promise(setImmediate)) {
		const asked = Array.from({ length: 12 }, async () => ahead(Buffer.from('{}')));
		taken = (await Promise.all(asked)).some((macs) => macs !== undefined);
	}
}

test('in a burst every body gets the MACs of its own source, whatever comes at once and how large it is', async () => {
	const aheads = SECRETS.map((secrets) => thread.ahead(secrets));
	await inBurst(aheads[0] ?? (() => undefined));
	const counts = { ahead: 0, left: 0 };
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.nat(1), fc.oneof(fc.nat(6000), fc.integer({ min: 32_000, max: 40_000 }))), {
				minLength: 20,
				maxLength: 400,
			}),
			async (webhooks) => {
				await Promise.all(
					webhooks.map(async ([set, length]) => {
						const body = randomBytes(length);
						const macs = await aheads[set]?.(body);
						counts[macs ? 'ahead' : 'left'] += 1;
						if (macs) expect(macs).toEqual(expected(set, body));
					}),
				);
			},
		),
		{ numRuns: 30 },
	);
	expect(counts.ahead).toBeGreaterThan(50);
	// Those that are too large, and those for which there was no place.
	expect(counts.left).toBeGreaterThan(0);
});

test('a few webhooks are not worth a thread', async () => {
	const ahead = thread.ahead(['secret']);
	for (let n = 0; n < 20; n += 1) {
		expect(ahead(Buffer.from('{}'))).toBeUndefined();
		await new Promise(setImmediate);
		await new Promise(setImmediate);
	}
});

test('a burst goes on while several come at once, and ends with one that comes alone', async () => {
	const ahead = thread.ahead(['secret']);
	const body = Buffer.from('{}');
	await inBurst(ahead);
	for (let turn = 0; turn < 20; turn += 1) {
		expect(await Promise.all([ahead(body), ahead(body)])).toEqual([expect.any(Array), expect.any(Array)]);
		await new Promise(setImmediate);
	}
	await ahead(body);
	await new Promise(setImmediate);
	expect([ahead(body), ahead(body)]).toEqual([undefined, undefined]);
});

test('bodies that a thread had when it was stopped are checked without it', async () => {
	const ahead = thread.ahead(['secret']);
	await inBurst(ahead);
	const asked = Array.from({ length: 200 }, async () => ahead(Buffer.alloc(30_000)));
	thread.close();
	const ended = await Promise.all(asked);
	expect(ended.some((macs) => macs === undefined)).toBe(true);
	expect(ahead(Buffer.from('{}'))).toBeUndefined();
});

test('a source without a secret, or with more than a slot holds, is left to its own check', async () => {
	for (const secrets of [[], ['1', '2', '3', '4', '5']]) {
		const ahead = thread.ahead(secrets);
		expect(Array.from({ length: 50 }, () => ahead(Buffer.from('{}')))).toEqual(Array(50).fill(undefined));
	}
});

test('MACs made ahead decide as those made in place do', () => {
	const isSigned = signedWithAny(SECRETS[0] ?? []);
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(1), fc.boolean(), (bytes, key, honest) => {
			const body = Buffer.from(bytes);
			const mac = createHmac('sha256', honest ? (SECRETS[0]?.[key] ?? '') : 'stolen')
				.update(body)
				.digest('base64');
			expect(isSigned(body, mac)).toBe(honest);
			expect(isSigned(body, mac, expected(0, body))).toBe(honest);
		}),
	);
});
