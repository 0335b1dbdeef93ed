import { DAY, MINUTE } from '../../../support/clock';
import { after, NOW, type TestLedger } from './ledger';

const ROHIT = '+919876543211';
const ANITA = '+919812345678';

/** What people have a right to. */
export function privacyBattery(ledger: TestLedger): void {
	describe('privacy', () => {
		const idsOf = async (phone: string) => (await ledger.store.recordsOf({ phone })).map(({ event }) => event.id);

		test('a person is found by the messages to them, by what was read as theirs, and by what is of the same order', async () => {
			await ledger.plan([{ to: ROHIT, subject: '1' }], { subject: '1' });
			await ledger.plan([], { subject: '1' });
			await ledger.plan([], { subject: '2', person: ledger.store.personKey(ROHIT) });
			await ledger.plan([{ to: ANITA, subject: '3' }], { subject: '3', person: ledger.store.personKey(ANITA) });
			await ledger.plan([], { subject: '1' }, { source: 'another-shop' });
			expect(await idsOf(ROHIT)).toEqual(['evt_1', 'evt_2', 'evt_3']);
			expect(await idsOf(ANITA)).toEqual(['evt_4']);
			expect(await idsOf('+918888888888')).toEqual([]);
			const [first] = await ledger.store.recordsOf({ phone: ROHIT });
			expect(first?.event.body.toString()).toBe('{"id":1}');
			expect(first?.messages).toMatchObject([{ to: ROHIT, variables: { '1': 'Rohit' }, history: [] }]);
		});

		test('erased, nothing of them is left but that something was sent; others keep everything', async () => {
			const [id = ''] = await ledger.plan([{ to: ROHIT, subject: '1' }], {
				subject: '1',
				carriesOrder: true,
				occurredAt: NOW,
			});
			await ledger.claim();
			await ledger.finish(id, {
				sentAt: NOW,
				apiMessageId: 'api-1',
				mediaUrl: 'https://x/1.pdf',
				lookAt: after(MINUTE),
			});
			await ledger.store.saveDocument({
				id: 'd1',
				message: id,
				name: 'Rohit.pdf',
				content: Buffer.from('%PDF Rohit'),
				createdAt: NOW,
				expiresAt: after(DAY),
			});
			await ledger.plan([{ to: ANITA, subject: '3' }], { subject: '3' });
			expect(await ledger.store.erase({ phone: ROHIT }, 'erased')).toEqual({ events: 1, messages: 1, documents: 1 });
			expect(await idsOf(ROHIT)).toEqual([]);
			expect(await ledger.store.document('d1')).toBeUndefined();
			expect(await ledger.store.event('evt_1')).toMatchObject({
				state: 'ignored',
				reason: 'erased',
				headers: {},
				body: Buffer.from('{}'),
			});
			expect(await ledger.message(id)).toMatchObject({ state: 'sent', sentAt: NOW, variables: {} });
			expect(await ledger.message(id)).not.toHaveProperty('to');
			expect(await ledger.message(id)).not.toHaveProperty('mediaUrl');
			expect(await ledger.store.latestOrder('acme', '1')).toBeUndefined();
			expect(await ledger.store.watchedDue(after(DAY), 10)).toEqual([]);
			expect(await idsOf(ANITA)).toHaveLength(1);
		});

		test('what still waits for them is cancelled; what is on its way cannot be taken back, and its answer changes nothing', async () => {
			await ledger.plan([{ to: ROHIT, subject: '1' }], { subject: '1' });
			const [later = ''] = await ledger.plan([{ to: ROHIT, subject: '2', dueAt: after(DAY) }], { subject: '2' });
			const [sending = ''] = await ledger.claimIds();
			await ledger.store.erase({ phone: ROHIT }, 'erased');
			expect(await ledger.finish(sending, { sentAt: NOW })).toBe(false);
			for (const id of [later, sending])
				expect(await ledger.message(id)).toMatchObject({ state: 'cancelled', reason: 'erased' });
			expect(await ledger.claimIds(after(2 * DAY))).toEqual([]);
		});

		test('orders of a shop are erased, or the whole shop', async () => {
			await ledger.plan([{ subject: '1' }], { subject: '1' });
			await ledger.plan([{ subject: '2' }], { subject: '2' });
			await ledger.plan([{ subject: '1' }], { subject: '1' }, { source: 'another-shop' });
			expect(await ledger.store.erase({ source: 'acme', subjects: ['1', '9'] }, 'erased')).toMatchObject({ events: 1 });
			expect(await ledger.store.erase({ source: 'acme' }, 'erased')).toMatchObject({ events: 2 });
			expect(await idsOf(ROHIT)).toEqual(['evt_3']);
			expect(
				(await ledger.store.recordsOf({ source: 'another-shop' })).map(({ event }) => event.body.toString()),
			).toEqual(['{"id":3}']);
		});

		test('an event that nobody has planned yet is found and erased as well', async () => {
			await ledger.save();
			expect(await ledger.store.erase({ source: 'acme' }, 'erased')).toMatchObject({ events: 1 });
			expect((await ledger.store.unplannedEvents(10)).mine).toEqual([]);
		});

		test('what is old and done with is forgotten, what is owed is not', async () => {
			await ledger.sent({ subject: '1' });
			await ledger.plan([{ subject: '2', state: 'held', reason: 'no number' }], { subject: '2' });
			await ledger.plan([], { state: 'ignored', subject: '3' });
			await ledger.save();
			await ledger.plan([], { state: 'stored', subject: '5', waitsFor: '5' });
			const forget = (limit: number) => ledger.store.prune({ documents: NOW, events: after(1) }, limit);
			expect(await ledger.store.prune({ documents: NOW, events: NOW }, 10)).toEqual({ events: 0, documents: 0 });
			expect(await forget(2)).toEqual({ events: 2, documents: 0 });
			expect(await forget(2)).toEqual({ events: 1, documents: 0 });
			expect(await forget(2)).toEqual({ events: 0, documents: 0 });
			const { items } = await ledger.store.events({ limit: 10 });
			expect(items.map(({ subject, state }) => [subject, state])).toEqual([
				[undefined, 'stored'],
				['2', 'mapped'],
			]);
			expect((await ledger.store.messages({ limit: 10 })).items.map(({ state }) => state)).toEqual(['held']);
		});

		test('a document is forgotten when its link has ended', async () => {
			const [message = ''] = await ledger.plan([{}]);
			for (const [id, expiresAt] of [
				['old', NOW],
				['new', after(DAY)],
			] as const)
				await ledger.store.saveDocument({ id, message, name: id, content: Buffer.from(id), createdAt: NOW, expiresAt });
			expect(await ledger.store.prune({ documents: after(1), events: NOW }, 10)).toEqual({ events: 0, documents: 1 });
			expect(await ledger.store.document('old')).toBeUndefined();
			expect(await ledger.store.document('new')).toBeDefined();
		});
	});
}
