import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { personKey } from '../../../bridge/src/phone';
import { openStore } from '../../../bridge/src/store/open';
import { createSeal, type Purpose, SealBroken } from '../../../bridge/src/store/sealed/seal';
import type { Store } from '../../../bridge/src/store/store';
import { DAY } from '../../support/clock';
import { after, delivery, newMessage, NOW, WORKER } from './battery/ledger';

const TIMES = { receivedAt: NOW, verifiedAt: NOW };
const ROHIT = '+919876543211';
const KEY = randomBytes(32);
const folder = mkdtempSync(join(tmpdir(), 'messlo-keys-'));
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

let number = 0;
let path: string;
let store: Store | undefined;
beforeEach(() => {
	path = join(folder, `${(number += 1)}.db`);
});
afterEach(() => store?.close());

/** Closes the ledger and opens it with these keys. */
async function open(keys: { key?: Buffer; oldKeys?: Buffer[] } = {}): Promise<Store> {
	await store?.close();
	store = undefined;
	return (store = await openStore({ kind: 'sqlite', path, ...keys }));
}
/** Stores an order and a message of it to Rohit, unplanned or planned. */
async function order(ledger: Store, id: number): Promise<string> {
	const { id: event } = await ledger.saveEvent(delivery(id), TIMES);
	const result = { state: 'mapped' as const, subject: `${id}`, person: ledger.personKey(ROHIT), reason: 'why not' };
	const [row] = await ledger.planEvent(event, result, [newMessage({ subject: `${id}` })], NOW);
	return row?.id ?? '';
}
const inFile = (statement: string, ...values: (string | Uint8Array)[]): void => {
	const database = new DatabaseSync(path);
	database.prepare(statement).run(...values);
	database.close();
};

describe('the key', () => {
	test('a wrong key, and none, are refused with what to do; the right one opens', async () => {
		await order(await open({ key: KEY }), 1);
		await expect(open({ key: randomBytes(32) })).rejects.toThrow(/sealed with another key than store\.key.*oldKeys/);
		await expect(open()).rejects.toThrow(/ledger is sealed.*Set store\.key/);
		expect(await (await open({ key: KEY })).message('msg_1')).toMatchObject({ to: ROHIT, variables: { '1': 'Rohit' } });
	});

	test('it is changed by naming the one before; from then on the old one opens nothing', async () => {
		await order(await open({ key: KEY }), 1);
		const next = randomBytes(32);
		expect(await (await open({ key: next, oldKeys: [randomBytes(32), KEY] })).message('msg_1')).toMatchObject({
			to: ROHIT,
		});
		const ledger = await open({ key: next });
		expect((await ledger.messages({ to: ROHIT, limit: 9 })).items).toHaveLength(1);
		expect(await ledger.recordsOf({ phone: ROHIT })).toHaveLength(1);
		await expect(open({ key: KEY })).rejects.toThrow(/another key/);
	});

	test('a ledger begun without one: what it holds is read, found, erased and kept from repeating; what comes is sealed', async () => {
		const plain = await open();
		const links = await plain.setting('documents.key', () => 'made before');
		await plain.saveCursor('acme/since', 'long ago');
		await plain.suppress({ phone: ROHIT, scope: 'all', reason: 'wrote STOP', at: NOW });
		await plain.suppress({ phone: '+919812345678', scope: 'marketing', reason: 'by hand', at: NOW });
		await order(plain, 1);
		await plain.saveEvent(delivery(2), TIMES);

		const ledger = await open({ key: KEY });
		expect(await ledger.setting('documents.key', () => 'made now')).toBe(links);
		expect(await ledger.cursor('acme/since')).toBe('long ago');
		expect(await ledger.suppression(ROHIT)).toMatchObject({ scope: 'all', reason: 'wrote STOP' });
		expect((await ledger.suppressions({ limit: 9 })).items.map(({ phone }) => phone)).toEqual(['+919812345678', ROHIT]);
		expect((await ledger.unplannedEvents(9)).mine.map(({ body }) => body.toString())).toEqual(['{"id":2}']);
		expect(await ledger.saveEvent(delivery(1), TIMES)).toEqual({ id: 'evt_1', duplicate: true });
		await order(ledger, 3);
		const { items, next } = await ledger.messages({ to: ROHIT, limit: 1 });
		expect(items).toMatchObject([{ id: 'msg_2', to: ROHIT, variables: { '1': 'Rohit' } }]);
		expect((await ledger.messages({ to: ROHIT, limit: 1, cursor: next })).items).toMatchObject([
			{ id: 'msg_1', to: ROHIT },
		]);
		expect((await ledger.recordsOf({ phone: ROHIT })).map(({ event }) => event.id)).toEqual(['evt_1', 'evt_4']);
		expect(await ledger.erase({ phone: ROHIT }, 'erased')).toMatchObject({ events: 2, messages: 2 });
		expect(await ledger.recordsOf({ phone: ROHIT })).toEqual([]);
		await store?.close();
		store = undefined;
		const database = new DatabaseSync(path);
		const phones = database.prepare('SELECT phone FROM suppressions').all();
		const keys = database.prepare(`SELECT value FROM settings WHERE name = 'documents.key'`).all();
		database.close();
		expect(JSON.stringify([phones, keys])).not.toMatch(/\+91|made before/);
	});

	test('who is known by number is known by no digest that could be tried out', async () => {
		const ledger = await open({ key: KEY });
		expect(ledger.personKey(ROHIT)).toMatch(/^[0-9a-f]{24}$/);
		expect(ledger.personKey(ROHIT)).not.toBe(personKey(ROHIT));
		expect((await open({ key: KEY })).personKey(ROHIT)).toBe(ledger.personKey(ROHIT));
	});
});

describe('tampering', () => {
	test('an event whose body was changed is unreadable and says so; the others are planned', async () => {
		const ledger = await open({ key: KEY });
		for (const id of [1, 2]) await ledger.saveEvent(delivery(id), TIMES);
		await ledger.unplannedEvents(9);
		await store?.close();
		store = undefined;
		inFile(`UPDATE events SET body = CAST(substr(body, 1, length(body) - 1) || '!' AS BLOB) WHERE id = 1`);
		const again = await open({ key: KEY });
		expect((await again.unplannedEvents(9)).mine.map(({ id }) => id)).toEqual(['evt_2']);
		expect(await again.event('evt_1')).toMatchObject({
			state: 'unreadable',
			body: Buffer.alloc(0),
			reason: expect.stringMatching(/does not open: it was changed/) as unknown,
		});
	});

	test('another value, or a plain number, in the place of a number is not sent to: the message is held; the others leave', async () => {
		const ledger = await open({ key: KEY });
		for (const id of [1, 2, 3, 4]) await order(ledger, id);
		await store?.close();
		store = undefined;
		// A sealed value of another kind, moved here, is no number.
		inFile(
			`UPDATE messages SET recipient = (SELECT json_extract(variables, '$."sealed:1"') FROM messages WHERE id = 3) WHERE id = 2`,
		);
		inFile(`UPDATE messages SET recipient = '+919999999999' WHERE id = 4`);
		const again = await open({ key: KEY });
		expect((await again.claimDue(NOW, 9, WORKER)).map(({ id }) => id)).toEqual(['msg_1', 'msg_3']);
		expect(await again.message('msg_4')).toMatchObject({ state: 'held' });
		const held = await again.message('msg_2');
		expect(held).toMatchObject({ state: 'held', reason: expect.stringMatching(/does not open/) as unknown });
		expect(held).not.toHaveProperty('to');
	});
});

describe('sealing', () => {
	const seal = createSeal(KEY);
	const purpose = fc.constantFrom<Purpose>('body', 'person', 'values', 'link', 'reason', 'cursor');

	test('whatever is sealed opens as it was, for its purpose alone; and never looks the same twice, but where it is looked up', () => {
		fc.assert(
			fc.property(
				purpose,
				purpose,
				fc.string({ unit: 'grapheme' }),
				fc.uint8Array({ maxLength: 5000 }),
				(as, other, text, bytes) => {
					const sealed = seal.text(as, text);
					expect(seal.openText(as, sealed)).toBe(text);
					expect(seal.text(as, text)).not.toBe(sealed);
					expect(seal.same(as, text)).toBe(seal.same(as, text));
					expect(seal.openText(as, seal.same(as, text))).toBe(text);
					expect(seal.openBytes(as, seal.bytes(as, bytes))).toEqual(Buffer.from(bytes));
					if (as !== other) expect(() => seal.openText(other, sealed)).toThrow(SealBroken);
				},
			),
		);
	});

	test('a bit changed anywhere after the mark is told', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(), fc.integer({ min: 0, max: 7 }), (bytes, at, bit) => {
				const sealed = seal.bytes('body', bytes);
				const place = 4 + (at % (sealed.length - 4));
				sealed[place] = (sealed[place] ?? 0) ^ (1 << bit);
				expect(() => seal.openBytes('body', sealed)).toThrow(SealBroken);
			}),
		);
		expect(() => seal.openBytes('body', seal.bytes('body', Buffer.from('short')).subarray(0, 9))).toThrow(SealBroken);
	});

	test('documents and values of the bridge itself are sealed as well, and end as they should', async () => {
		const ledger = await open({ key: KEY });
		const message = await order(ledger, 1);
		const document = {
			id: 'd1',
			message,
			name: 'invoice-1001.pdf',
			content: Buffer.from('%PDF Rohit'),
			createdAt: NOW,
			expiresAt: after(DAY),
		};
		await ledger.saveDocument(document);
		expect(await ledger.document('d1')).toEqual(document);
		expect(await ledger.exchange('pair +919876543211', (value) => ({ value: '1', answer: value }))).toBeUndefined();
		expect(await ledger.exchange('pair +919876543211', (value) => ({ value: '2', answer: value }))).toBe('1');
		expect(await ledger.prune({ documents: after(2 * DAY), events: NOW }, 9)).toEqual({ events: 0, documents: 1 });
		expect(await ledger.document('d1')).toBeUndefined();
	});
});
