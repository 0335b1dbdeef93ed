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
	test('what is written in one tick is one commit, and each is answered with its own', async () => {
		const ledger = (store = openSqlite(file));
		const saved = await Promise.all(Array.from({ length: 200 }, (_, n) => ledger.saveEvent(delivery(n), TIMES)));
		expect(new Set(saved.map(({ id }) => id)).size).toBe(200);
		expect((await ledger.unplannedEvents(500)).mine.map(({ id }) => id)).toEqual(saved.map(({ id }) => id));
		const before = commits();
		const plan = ({ id }: { id: string }) => ledger.planEvent(id, { state: 'mapped' }, [newMessage()], NOW);
		const planned = await Promise.all(saved.map(plan));
		expect(commits() - before).toBe(1);
		for (const n of [0, 99, 199]) expect((await ledger.message(planned[n]?.[0]?.id ?? ''))?.event).toBe(saved[n]?.id);
		await ledger.replan(saved[0]?.id ?? '');
		expect(commits() - before).toBe(2);
	});

	test('one write that fails is refused alone; all others of the batch are written', async () => {
		const ledger = (store = openSqlite(file));
		const ids = await Promise.all([1, 2, 3].map(async (n) => (await ledger.saveEvent(delivery(n), TIMES)).id));
		const plan = (id: string) => ledger.planEvent(id, { state: 'mapped' }, [newMessage()], NOW);
		const answers = await Promise.allSettled([...ids.slice(0, 2), 'evt_404', ...ids.slice(2)].map(plan));
		expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
		expect(await ledger.counts()).toEqual({ events: { mapped: 3 }, messages: { waiting: 3 } });
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
		['strace', '-f', '-y', '-e', 'trace=openat,fsync,fdatasync,write,pwritev', '-o', trace],
	);
	expect([stderr, stdout.split('\n')]).toEqual(['', expect.arrayContaining(['answer 19', 'answer all']) as unknown]);
	const calls = readFileSync(trace, 'utf8').split('\n');
	// A write to the journal ends on disk, as it is opened so.
	expect(calls.some((call) => /openat\(.*bridge\.db-intake", .*O_DSYNC/.test(call))).toBe(true);
	// Another thread runs them: strace then writes the call and its end as two lines.
	const synced =
		/\bf(data)?sync(\(.*\)| resumed>\))\s+= 0|\bpwritev\(\d+<.*-intake>.*\)\s+= [1-9]|<\.\.\. pwritev resumed>.*= [1-9]/;
	const syncsBetween = (post: string, answer: string): number => {
		const [from, to] = [post, answer].map((mark) =>
			calls.findIndex((call) => /write\(1(<.*?>)?, /.test(call) && call.includes(`"${mark}\\n"`)),
		);
		return calls.slice(from, to).filter((call) => synced.test(call)).length;
	};
	for (let n = 0; n < 20; n += 1) expect(syncsBetween(`post ${n}`, `answer ${n}`)).toBeGreaterThanOrEqual(1);
	// A hundred at once share it.
	const shared = syncsBetween('post all', 'answer all');
	expect(shared).toBeGreaterThanOrEqual(1);
	expect(shared).toBeLessThanOrEqual(3);
});

test('on a full disk a delivery is refused, the bridge lives on, and takes them again when there is room', async () => {
	// No file may grow beyond 2 MB: the same refusal in the middle of a write that a full disk gives.
	const { stdout, stderr } = child(
		`let saved = 0;
		for (let n = 0; n < 100; n += 1) {
			const reason = await save(n, Buffer.alloc(100_000, 'x')).then(() => { saved += 1; }, (error) => error.message);
			if (reason) { say('refused ' + reason); break; }
		}
		say('saved ' + saved);
		const more = () => Promise.allSettled([1, 2, 3].map((n) => save('more' + n, Buffer.alloc(100_000))));
		say('batch ' + (await more()).map(({ status }) => status).join(' '));
		say('first ' + (await store.event('evt_1')).body.length);
		const moved = await store.events({ limit: 1 }).then(() => 'moved', (error) => error.message);
		say('tables: ' + moved);
		say('ping ' + await store.ping().then(() => 'ok', (error) => error.message));
		require('node:child_process').spawnSync('prlimit', ['--pid', process.pid, '--fsize=unlimited']);
		say('again ' + (await more()).map(({ status }) => status).join(' '));
		say('stored ' + (await store.events({ limit: 1000 })).items.length);`,
		['bash', '-c', 'ulimit -S -f 2048; exec "$@"', 'bash'],
	);
	expect(stderr).toBe('');
	expect(stdout).toMatch(/refused EFBIG: file too large/);
	expect(stdout).toContain('batch rejected rejected rejected');
	expect(stdout).toContain('first 100000');
	expect(stdout).toMatch(/tables: (disk I\/O error|database or disk is full)/);
	expect(stdout).toContain('again fulfilled fulfilled fulfilled');
	const saved = Number(/saved (\d+)/.exec(stdout)?.[1]);
	expect(saved).toBeGreaterThan(5);
	expect(stdout).toContain(`stored ${saved + 3}`);
	store = openSqlite(file);
	expect((await store.counts()).events).toEqual({ stored: saved + 3 });
	expect((await store.saveEvent(delivery(1), TIMES)).duplicate).toBe(false);
});
