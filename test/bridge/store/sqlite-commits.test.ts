import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../../bridge/src/store/store';
import { openSqlite } from '../../../bridge/src/store/sqlite/open';
import { builtBridge } from '../../support/built';
import { delivery, newMessage, NOW } from './battery/ledger';

const TIMES = { receivedAt: NOW, verifiedAt: NOW };
let folder: string;
let file: string;
let store: Store | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-commits-'));
	file = join(folder, 'bridge.db');
});
afterEach(async () => {
	await store?.close();
	store = undefined;
	rmSync(folder, { recursive: true, force: true });
});

/** Commits in the write-ahead log: the last frame of each says how large the database is then, all others 0 there. */
function commits(): number {
	const log = readFileSync(`${file}-wal`);
	const pageSize = log.readUInt32BE(8);
	let count = 0;
	for (let frame = 32; frame + 24 + pageSize <= log.length; frame += 24 + pageSize)
		// Frames of an earlier round of the log, which another salt marks, do not count.
		if (log.readUInt32BE(frame + 4) !== 0 && log.readUInt32BE(frame + 8) === log.readUInt32BE(16)) count += 1;
	return count;
}

describe('group commit', () => {
	test('what comes in one tick is one commit, and each is answered with its own', async () => {
		const ledger = (store = openSqlite(file));
		const before = commits();
		const saved = await Promise.all(Array.from({ length: 200 }, (_, n) => ledger.saveEvent(delivery(n), TIMES)));
		expect(commits() - before).toBe(1);
		expect(new Set(saved.map(({ id }) => id)).size).toBe(200);
		for (const n of [0, 99, 199]) expect((await ledger.event(saved[n]?.id ?? ''))?.body).toEqual(delivery(n).body);
		await ledger.saveEvent(delivery(1000), TIMES);
		expect(commits() - before).toBe(2);
	});

	test('one write that fails is refused alone; all others of the batch are written', async () => {
		const ledger = (store = openSqlite(file));
		const answers = await Promise.allSettled([
			...Array.from({ length: 10 }, (_, n) => ledger.saveEvent(delivery(n), TIMES)),
			ledger.planEvent('evt_404', { state: 'mapped' }, [newMessage()], NOW),
			ledger.saveEvent({ ...delivery(50), topic: undefined as unknown as string }, TIMES),
			...Array.from({ length: 10 }, (_, n) => ledger.saveEvent(delivery(100 + n), TIMES)),
		]);
		expect(answers.map(({ status }) => status)).toEqual([
			...Array.from({ length: 10 }, () => 'fulfilled'),
			'rejected',
			'rejected',
			...Array.from({ length: 10 }, () => 'fulfilled'),
		]);
		expect(await ledger.counts()).toEqual({ events: { stored: 20 }, messages: {} });
		expect((await ledger.saveEvent(delivery(200), TIMES)).duplicate).toBe(false);
	});
});

/** Runs a script with `store` open on the ledger, as a process of its own. */
function child(
	script: string,
	before: readonly string[] = [],
): { status: number | null; stdout: string; stderr: string } {
	const program = `
		const { openSqlite } = require(${JSON.stringify(builtBridge('store/sqlite/open.js'))});
		const { writeSync } = require('node:fs');
		const say = (text) => writeSync(1, text + '\\n');
		const now = new Date();
		const save = (n, body) => store.saveEvent({ source: 'acme', topic: 'orders/create', deliveryKey: 'd' + n, body, headers: {} }, { receivedAt: now, verifiedAt: now });
		const store = openSqlite(${JSON.stringify(file)});
		(async () => { ${script} })();`;
	const [command = process.execPath, ...args] = [...before, process.execPath, '-e', program];
	return spawnSync(command, args, { encoding: 'utf8', timeout: 30_000, maxBuffer: 50_000_000 });
}

const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
(strace ? test : test.skip)('each answer comes after a sync of the disk (needs strace)', () => {
	const trace = join(folder, 'trace');
	const { stdout, stderr } = child(
		`for (let n = 0; n < 20; n += 1) { say('post ' + n); await save(n, Buffer.from('{}')); say('answer ' + n); }
		say('post all');
		await Promise.all(Array.from({ length: 100 }, (_, n) => save(1000 + n, Buffer.from('{}'))));
		say('answer all');`,
		['strace', '-f', '-e', 'trace=fsync,fdatasync,write', '-o', trace],
	);
	expect([stderr, stdout.split('\n')]).toEqual(['', expect.arrayContaining(['answer 19', 'answer all']) as unknown]);
	const calls = readFileSync(trace, 'utf8').split('\n');
	const syncsBetween = (post: string, answer: string): number => {
		const [from, to] = [post, answer].map((mark) => calls.findIndex((call) => call.includes(`write(1, "${mark}\\n"`)));
		return calls.slice(from, to).filter((call) => /\bf(data)?sync\(\d+\)\s+= 0/.test(call)).length;
	};
	for (let n = 0; n < 20; n += 1) expect(syncsBetween(`post ${n}`, `answer ${n}`)).toBeGreaterThanOrEqual(1);
	// A hundred at once share it.
	const shared = syncsBetween('post all', 'answer all');
	expect(shared).toBeGreaterThanOrEqual(1);
	expect(shared).toBeLessThanOrEqual(3);
});

test('on a full disk a write is refused, the bridge lives on, and what was answered before is there', async () => {
	// No file may grow beyond 2 MB: the same refusal in the middle of a write that a full disk gives.
	const { stdout, stderr } = child(
		`let saved = 0;
		for (let n = 0; n < 100; n += 1) {
			const reason = await save(n, Buffer.alloc(100_000, 'x')).then(() => { saved += 1; }, (error) => error.message);
			if (reason) { say('refused ' + reason); break; }
		}
		say('saved ' + saved);
		const batch = await Promise.allSettled([1, 2, 3].map((n) => save('more' + n, Buffer.alloc(100_000))));
		say('batch ' + batch.map(({ status }) => status).join(' '));
		say('ping ' + await store.ping().then(() => 'ok', (error) => error.message));
		say('first ' + (await store.event('evt_1')).body.length);`,
		['bash', '-c', 'ulimit -f 2048; exec "$@"', 'bash'],
	);
	expect(stderr).toBe('');
	expect(stdout).toMatch(/refused (disk I\/O error|database or disk is full)/);
	expect(stdout).toContain('batch rejected rejected rejected');
	expect(stdout).toContain('first 100000');
	const saved = Number(/saved (\d+)/.exec(stdout)?.[1]);
	expect(saved).toBeGreaterThan(5);
	store = openSqlite(file);
	expect((await store.counts()).events).toEqual({ stored: saved });
	expect((await store.saveEvent(delivery(1), TIMES)).duplicate).toBe(false);
});
