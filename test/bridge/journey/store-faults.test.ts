import { StatementSync } from 'node:sqlite';
import { GroupCommit } from '../../../bridge/src/store/sqlite/group-commit';
import { Intake } from '../../../bridge/src/store/sqlite/intake/intake';
import { Journal } from '../../../bridge/src/store/sqlite/intake/journal';
import { MINUTE, SECOND } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';

// Its message carries no document, so the journey is a handful of writes.
const CANCELLED = shopifyFixture('orders-cancelled.hk-captured');
const TEMPLATE = {
	name: 'order_cancelled',
	language: 'en_US',
	message_body: 'Hi {{1}}, your order {{2}} has been cancelled.',
};

let bridge: TestBridge;
beforeEach(async () => {
	bridge = await TestBridge.start({ templates: false });
	await bridge.control('POST', 'templates', [TEMPLATE]);
	await bridge.drain();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await bridge.stop();
});

/** From the `first` write on, `count` writes of the ledger fail as on a full disk. Says how many have failed. */
function failWrites(first: number, count: number): () => number {
	const [append, move] = [Journal.prototype.append, Intake.prototype.move];
	const write = GroupCommit.prototype.write;
	let [made, failed] = [0, 0];
	const isFull = () => {
		made += 1;
		if (made < first || made >= first + count) return false;
		failed += 1;
		return true;
	};
	const full = new Error('database or disk is full');
	jest.spyOn(Journal.prototype, 'append').mockImplementation(function (this: Journal, bytes) {
		return isFull() ? Promise.reject(full) : append.call(this, bytes);
	});
	jest.spyOn(GroupCommit.prototype, 'write').mockImplementation(function <T>(this: GroupCommit, run: () => T) {
		return isFull() ? Promise.reject(full) : (write.call(this, run) as Promise<T>);
	});
	jest.spyOn(Intake.prototype, 'move').mockImplementation(function (this: Intake) {
		if (this.size > 0 && isFull()) throw full;
		move.call(this);
	});
	return () => failed;
}

/** What the loops do when a round throws: it is told, and tried again. */
async function tryOn(ms: number): Promise<void> {
	bridge.clock.advance(ms);
	await bridge.drain().catch(() => undefined);
}

describe.each([1, 4])('a disk that is full for %i writes', (count) => {
	test.each([1, 3, 4, 5, 6, 7])(
		'from the %i. write on: the order is sent once when there is room again',
		async (first) => {
			const failed = failWrites(first, count);
			const ids = { topic: 'orders/cancelled', webhookId: 'one', eventId: 'one' };
			// The shop posts until it is told 200.
			for (let tries = 0; (await bridge.post(CANCELLED, ids)).status !== 200; tries += 1) expect(tries).toBeLessThan(6);
			for (let round = 0; round < 12; round += 1) await tryOn(5 * SECOND);
			await tryOn(MINUTE);
			expect(failed()).toBeGreaterThan(0);
			expect((await bridge.taken()).map(({ templateName }) => templateName)).toEqual(['order_cancelled']);
			expect(await bridge.messages()).toMatchObject([
				{ state: expect.stringMatching(/sent|delivered|read/) as unknown },
			]);
		},
	);
});

test('a ledger that cannot be read for a moment makes no event unreadable: it is planned again', async () => {
	const { get } = StatementSync.prototype;
	let failed = 0;
	jest.spyOn(StatementSync.prototype, 'get').mockImplementation(function (this: StatementSync, ...given) {
		if (!this.sourceSQL.includes('carries_order = 1') || failed === 1) return get.apply(this, given);
		failed += 1;
		throw new Error('disk I/O error');
	});
	await bridge.post(CANCELLED, { topic: 'orders/cancelled' });
	for (let round = 0; round < 4; round += 1) await tryOn(SECOND);
	expect(failed).toBe(1);
	expect(await bridge.taken()).toHaveLength(1);
});
