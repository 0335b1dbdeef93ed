import type { Page } from '../../../../bridge/src/store/store';
import { NOW, type TestLedger } from './ledger';

/** Lists as the admin API shows them: newest first, page by page. */
export function listsBattery(ledger: TestLedger): void {
	/** Every id of a list, walked by its cursors. */
	async function walk(list: (cursor?: string) => Promise<Page<{ id: string }>>): Promise<string[]> {
		const ids: string[] = [];
		let cursor: string | undefined;
		do {
			const page = await list(cursor);
			ids.push(...page.items.map(({ id }) => id));
			cursor = page.next;
		} while (cursor !== undefined && ids.length < 1000);
		return ids;
	}

	describe('lists', () => {
		test('an empty ledger has empty lists and no counts', async () => {
			const { store } = ledger;
			expect(await store.events({ limit: 5 })).toEqual({ items: [] });
			expect(await store.messages({ limit: 5 })).toEqual({ items: [] });
			expect(await store.counts()).toEqual({ events: {}, messages: {} });
			expect(await store.message('msg_1')).toBeUndefined();
			expect(await store.heldCauses()).toEqual({});
			expect([await store.nextDue(), await store.nextLook()]).toEqual([undefined, undefined]);
		});

		test.each([1, 2, 3, 7, 8])(
			'pages of %i walk through all events and messages, newest first, none twice',
			async (limit) => {
				const { store } = ledger;
				const events: string[] = [];
				for (let n = 0; n < 7; n += 1) events.unshift((await ledger.save()).id);
				const rows = await store.planEvent(
					events[0] ?? '',
					{ state: 'mapped' },
					Array.from({ length: 7 }, (_, n) => ({
						subject: `${n}`,
						mapping: 'm',
						template: 't',
						variables: {},
						onceKey: `${n}`,
						state: 'waiting',
						dueAt: NOW,
					})),
					NOW,
				);
				expect(await walk((cursor) => store.events({ limit, cursor }))).toEqual(events);
				expect(await walk((cursor) => store.messages({ limit, cursor }))).toEqual(rows.map(({ id }) => id).reverse());
				expect((await store.events({ limit: 7 })).next).toBeUndefined();
			},
		);

		test('what comes while a person turns pages neither repeats nor hides a row', async () => {
			const { store } = ledger;
			const old = [(await ledger.save()).id, (await ledger.save()).id, (await ledger.save()).id];
			const first = await store.events({ limit: 2 });
			await ledger.save();
			const second = await store.events({ limit: 2, cursor: first.next });
			expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(old.reverse());
		});

		test('events are found by source, state and a part of topic, order or reason; each filter narrows', async () => {
			const { store } = ledger;
			const { id: paid } = await ledger.save({ topic: 'orders/paid' });
			const { id: refund } = await ledger.save({ topic: 'refunds/create', source: 'boutique' });
			const { id: fresh } = await ledger.save({});
			await store.planEvent(paid, { state: 'mapped', subject: '6310000551042' }, [], NOW);
			await store.planEvent(
				refund,
				{ state: 'ignored', subject: '77', reason: 'no mapping WANTED 100% of_it' },
				[],
				NOW,
			);
			const found = async (filter: object) => (await store.events({ limit: 9, ...filter })).items.map(({ id }) => id);
			expect(await found({ source: 'boutique' })).toEqual([refund]);
			expect(await found({ state: 'mapped' })).toEqual([paid]);
			expect(await found({ state: 'stored' })).toEqual([fresh]);
			expect(await found({ q: 'orders/' })).toEqual([fresh, paid]);
			expect(await found({ q: '55104' })).toEqual([paid]);
			expect(await found({ q: 'wanted' })).toEqual([refund]);
			expect(await found({ q: '100%' })).toEqual([refund]);
			expect(await found({ q: '%' })).toEqual([refund]);
			expect(await found({ q: 'f_i' })).toEqual([refund]);
			expect(await found({ q: 'nothing like it' })).toEqual([]);
			expect(await found({ source: 'acme', state: 'mapped', q: 'paid' })).toEqual([paid]);
			expect(await found({ source: 'acme', state: 'ignored' })).toEqual([]);
		});

		test('rows of the list are the events without their bodies', async () => {
			const { id } = await ledger.save();
			const [row] = (await ledger.store.events({ limit: 1 })).items;
			const { body: _, ...event } = (await ledger.store.event(id)) ?? {};
			expect(row).toEqual(event);
		});

		test('messages are found by event, order, number and state; each filter narrows', async () => {
			const { store } = ledger;
			const [a = '', b = ''] = await ledger.plan([{ to: '+911' }, { to: '+912', state: 'held' }]);
			const [c = ''] = await ledger.plan([{ to: '+911', subject: '1002' }]);
			const event = (await ledger.message(c)).event;
			const found = async (filter: object) => (await store.messages({ limit: 9, ...filter })).items.map(({ id }) => id);
			expect(await found({ event })).toEqual([c]);
			expect(await found({ event: 'evt_404' })).toEqual([]);
			expect(await found({ event: 'nonsense' })).toEqual([]);
			expect(await found({ order: '1001' })).toEqual([b, a]);
			expect(await found({ to: '+911' })).toEqual([c, a]);
			expect(await found({ state: 'held' })).toEqual([b]);
			expect(await found({ to: '+911', order: '1001', state: 'waiting' })).toEqual([a]);
			expect(await found({ to: '+911', state: 'held' })).toEqual([]);
		});

		test('counts are by state', async () => {
			await ledger.save();
			await ledger.plan([{}, { state: 'held' }, { state: 'skipped' }, {}]);
			expect(await ledger.store.counts()).toEqual({
				events: { stored: 1, mapped: 1 },
				messages: { waiting: 2, held: 1, skipped: 1 },
			});
		});
	});
}
