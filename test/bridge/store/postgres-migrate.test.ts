import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFromSqlite } from '../../../bridge/src/store/postgres/copy-from-sqlite';
import { openSqlite } from '../../../bridge/src/store/sqlite/open';
import type { Store } from '../../../bridge/src/store/store';
import { DAY, HOUR } from '../../support/clock';
import { ask, dropDatabase, freshDatabase } from '../../support/postgres';
import { openForTest } from '../../support/postgres-ledger';
import { after, attempt, delivery, newMessage, NOW } from './battery/ledger';

let folder: string;
let url: string;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-migrate-'));
	url = await freshDatabase();
});
afterEach(async () => {
	rmSync(folder, { recursive: true, force: true });
	await dropDatabase(url);
});

const times = { receivedAt: NOW, verifiedAt: after(3) };

/** A ledger with something in every table; the last event is only in its journal. */
async function fill(store: Store): Promise<void> {
	await store.follow('acme');
	for (let n = 0; n < 30; n += 1) {
		const { id } = await store.saveEvent(
			delivery(n, { body: Buffer.from([n, 0, 255, 128]), headers: { 'x-name': `अ🧣 ${n}` } }),
			times,
		);
		await store.saveEvent(delivery(n), times);
		const planned = {
			state: 'mapped',
			event: 'order.created',
			subject: `${n}`,
			occurredAt: after(n),
			carriesOrder: true,
		} as const;
		const message = {
			subject: `${n}`,
			variables: { '1': 'a"b\\c\n\0 अ' },
			header: { document: 'invoice' },
			expiresAt: after(DAY),
		};
		await store.planEvent(
			id,
			{ ...planned, person: `person-${n}` },
			[
				newMessage(message),
				newMessage({
					subject: `${n}`,
					sender: '911234567890',
					dueAt: after(HOUR),
					stage: { parcel: 'p', rank: 2, at: after(n) },
				}),
				newMessage({ subject: `${n}`, state: 'held', reason: 'paused', cause: 'template:x:en' }),
			],
			NOW,
		);
	}
	const claimed = await store.claimDue(NOW, 20, 'gone');
	for (const { id } of claimed.slice(0, 15)) {
		await store.finishAttempt(id, 'gone', attempt(), {
			state: 'sent',
			sentAt: NOW,
			apiMessageId: `api-${id}`,
			lookAt: after(HOUR),
		});
		await store.saveDocument({
			id: `doc-${id}`,
			message: id,
			name: 'a.pdf',
			content: Buffer.from('%PDF \0\xff'),
			createdAt: NOW,
			expiresAt: after(DAY),
		});
	}
	const late = await store.saveEvent(delivery(90), times);
	await store.planEvent(late.id, { state: 'stored', waitsFor: '77', reason: 'not known yet' }, [], NOW);
	await store.suppress({ phone: '+911', scope: 'all', reason: 'wrote STOP', at: NOW });
	await store.setting('documents.key', () => 'secret');
	await store.saveCursor('acme/seen', 'here');
	await store.saveEvent(delivery(99), times);
}

/** Everything that a store tells of what it holds. */
async function everything(store: Store) {
	const events = (await store.events({ limit: 1000 })).items;
	const messages = (await store.messages({ limit: 1000 })).items;
	return {
		events: await Promise.all(events.map(({ id }) => store.event(id))),
		messages: await Promise.all(messages.map(({ id }) => store.message(id))),
		documents: await Promise.all(messages.map(({ id }) => store.document(`doc-${id}`))),
		changes: await store.changes('acme', 0, 1000),
		suppressions: await store.suppressions({ limit: 10 }),
		settings: [await store.setting('documents.key', () => 'another'), await store.cursor('acme/seen')],
		causes: await store.heldCauses(),
		due: [await store.nextDue(), await store.nextLook()],
		waiting: (await store.unplannedEvents(50)).mine.map(({ id }) => id),
		counts: await store.counts(),
		tally: await store.tally('acme'),
	};
}

test('a ledger that was moved is the same, row by row, and goes on where it was', async () => {
	const file = join(folder, 'bridge.db');
	const source = openSqlite(file);
	await fill(source);
	await source.close();
	expect(await copyFromSqlite(file, url)).toMatchObject({
		events: 32,
		messages: 90,
		attempts: 15,
		documents: 15,
		suppressions: 1,
		followed: 1,
	});

	// The server knows what it has: -1 where it does not.
	const known = await ask(
		url,
		`SELECT relname, reltuples::int AS n FROM pg_class WHERE relname IN ('events', 'messages') ORDER BY 1`,
	);
	expect(known.map(({ n }) => n)).toEqual([32, 90]);

	const [before, now] = [openSqlite(file), await openForTest(url)];
	expect(await everything(now)).toEqual(await everything(before));
	expect(await now.saveEvent(delivery(7), times)).toMatchObject({ duplicate: true });
	const [newest] = (await before.events({ limit: 1 })).items;
	const fresh = await now.saveEvent(delivery(500), times);
	expect([fresh.duplicate, Number(fresh.id.slice(4)) > Number(newest?.id.slice(4))]).toEqual([false, true]);
	// What a stopped bridge was sending is settled, not sent again.
	expect(await now.recoverSending('new', NOW)).toBe(5);
	const last = Math.max(...(await before.changes('acme', 0, 1000)).map((change) => change.number));
	expect((await now.changes('acme', last, 1000)).map(({ state }) => state)).toEqual(
		Array.from({ length: 5 }, () => 'unknown'),
	);
	await now.planEvent(fresh.id, { state: 'ignored', subject: '77', carriesOrder: true }, [], NOW);
	expect((await now.unplannedEvents(9)).mine).toHaveLength(2);
	await Promise.all([before.close(), now.close()]);
});

test('a database that is not empty and a ledger that is in use are refused, and nothing is written', async () => {
	const file = join(folder, 'bridge.db');
	const running = openSqlite(file);
	await running.saveEvent(delivery(1), times);
	await expect(copyFromSqlite(file, url)).rejects.toThrow(/Another messlo-bridge is running on it/);
	await running.close();
	await expect(copyFromSqlite(join(folder, 'none.db'), url)).rejects.toThrow(/no ledger/);
	const target = await openForTest(url);
	await target.saveEvent(delivery(2), times);
	await expect(copyFromSqlite(file, url)).rejects.toThrow(/not empty \(events\): nothing was moved/);
	expect((await target.counts()).events).toEqual({ stored: 1 });
	await target.close();
});
