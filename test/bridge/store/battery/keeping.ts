import { DAY, HOUR } from '../../../support/clock';
import { after, NOW, type TestLedger } from './ledger';

/** Documents, settings, and that everything is there after a restart. */
export function keepingBattery(ledger: TestLedger): void {
	const document = (id: string, message: string, content = Buffer.from('%PDF-1.7 \0\xff')) => ({
		id,
		message,
		name: 'invoice-#1042 अ.pdf',
		content,
		createdAt: NOW,
		expiresAt: after(DAY),
	});

	describe('keeping', () => {
		test('a document comes back byte for byte, also an empty one; saved again, it is the new one', async () => {
			const { store } = ledger;
			const [message = ''] = await ledger.plan([{}]);
			await store.saveDocument(document('a', message));
			await store.saveDocument(document('empty', message, Buffer.alloc(0)));
			expect(await store.document('a')).toEqual(document('a', message));
			expect((await store.document('empty'))?.content).toHaveLength(0);
			await store.saveDocument({ ...document('a', message, Buffer.from('new')), expiresAt: after(2 * DAY) });
			expect(await store.document('a')).toMatchObject({ content: Buffer.from('new'), expiresAt: after(2 * DAY) });
			expect(await store.document('b')).toBeUndefined();
		});

		test('a document of a message that is not there is refused', async () => {
			await expect(ledger.store.saveDocument(document('a', 'msg_404'))).rejects.toThrow();
			expect(await ledger.store.document('a')).toBeUndefined();
		});

		test('a setting is made once, however many ask for it at once', async () => {
			let made = 0;
			const make = () => `value-${(made += 1)}`;
			const values = await Promise.all(Array.from({ length: 10 }, () => ledger.store.setting('key', make)));
			expect(new Set(values).size).toBe(1);
			expect(await ledger.store.setting('key', () => 'another')).toBe(values[0]);
			expect(await ledger.store.setting('other', () => 'another')).toBe('another');
		});

		test('answers a ping while it is open, and refuses everything once it is closed', async () => {
			const { store } = ledger;
			await expect(store.ping()).resolves.toBeUndefined();
			await store.close();
			await expect(store.ping()).rejects.toThrow();
			await expect(ledger.save()).rejects.toThrow();
			await expect(store.event('evt_1')).rejects.toThrow();
			await expect(store.close()).resolves.toBeUndefined();
		});

		test('what is asked of it in the moment of closing is written, or refused: never answered and lost', async () => {
			const saves = Array.from({ length: 30 }, () => ledger.save().catch(() => undefined));
			await ledger.store.close();
			const answered = (await Promise.all(saves)).flatMap((saved) => saved?.id ?? []);
			await ledger.reopen();
			for (const id of answered) expect((await ledger.store.event(id))?.id).toBe(id);
		});

		test('opened again it has everything: events, messages, attempts, looks, documents, settings', async () => {
			const sent = await ledger.sent();
			const [held = ''] = await ledger.plan([{ subject: 'b', state: 'held', reason: 'why', cause: 'c' }]);
			const [waiting = ''] = await ledger.plan([
				{ subject: 'c', dueAt: after(HOUR), header: { url: 'https://x.example/a.pdf' } },
			]);
			await ledger.store.saveDocument(document('a', sent));
			await ledger.store.setting('key', () => 'value');
			const { id: unplanned } = await ledger.save({ deliveryKey: 'd', eventKey: 'e' });
			const everything = async () => ({
				messages: await Promise.all([sent, held, waiting].map((id) => ledger.message(id))),
				events: (await ledger.store.events({ limit: 99 })).items,
				unplanned: await ledger.store.unplannedEvents(9),
				counts: await ledger.store.counts(),
				document: await ledger.store.document('a'),
				setting: await ledger.store.setting('key', () => 'new'),
				due: [await ledger.store.nextDue(), await ledger.store.nextLook()],
				causes: await ledger.store.heldCauses(),
			});
			const before = await everything();
			await ledger.reopen();
			expect(await everything()).toEqual(before);
			expect(await ledger.save({ deliveryKey: 'd', eventKey: 'other' })).toEqual({ id: unplanned, duplicate: true });
			expect((await ledger.save()).duplicate).toBe(false);
		});
	});
}
