import { personKey } from '../../phone';
import type { Message, Page, PersonRecord, Store, StoredEvent, Who } from '../store';
import { sealedFields } from './fields';
import { findEvents } from './find-events';
import { isSealedText, type Seal, SealBroken } from './seal';

export interface SealedLedger {
	seal: Seal;
	/** Some of it was written before there was a key. */
	mixed: boolean;
}

/**
 * A ledger that keeps sealed what tells of a person: bodies, headers, numbers, values, links, reasons, documents. Ids, keys, states and times
 * stay as they are. A row that does not open (tampered with, spoilt) is taken out of the way of the others and says so.
 */
export function sealedStore(inner: Store, { seal, mixed }: SealedLedger): Store {
	const fields = sealedFields(seal, !mixed);
	const { openMessage, openEvent } = fields;
	const messages = (rows: readonly Message[]): Message[] => rows.map((row) => openMessage(row).value);
	const event = (row: StoredEvent | undefined): StoredEvent | undefined => row && openEvent(row).value;
	/** For planning: half a state is worse than none. */
	const whole = (row: StoredEvent | undefined): StoredEvent | undefined => {
		const opened = row && openEvent(row);
		if (opened?.broken !== undefined) throw new SealBroken('body');
		return opened?.value;
	};
	/** The rows that open; what to do with each of the others. */
	async function opening(rows: readonly Message[], spoilt: (row: Message, reason: string) => Promise<unknown>) {
		const opened = rows.map((row) => ({ row, ...openMessage(row) }));
		for (const { row, broken } of opened) if (broken !== undefined) await spoilt(row, broken);
		return opened.flatMap(({ value, broken }) => (broken === undefined ? value : []));
	}
	const digestOf = (phone: string): string => (mixed ? personKey(phone) : seal.digest(phone));
	/** How somebody may stand in the ledger. */
	const spellings = (phone: string): string[] => [fields.person(phone), ...(mixed ? [phone] : [])];
	const whos = (who: Who): Who[] =>
		'phone' in who ? spellings(who.phone).map((phone) => ({ phone, person: digestOf(who.phone) })) : [who];

	return {
		...untouched(inner),
		personKey: digestOf,
		saveEvent: (delivery, at, unreadable) =>
			inner.saveEvent(fields.delivery(delivery), at, unreadable === undefined ? undefined : fields.reason(unreadable)),
		unplannedEvents: async (limit) => {
			const { mine, elsewhere } = await inner.unplannedEvents(limit);
			const opened = mine.map((row) => ({ row, ...openEvent(row) }));
			for (const { row, broken: reason } of opened)
				if (reason !== undefined) await inner.planEvent(row.id, { state: 'unreadable', reason }, [], row.receivedAt);
			return {
				mine: opened.flatMap(({ value, broken }) => (broken === undefined ? value : [])),
				elsewhere: elsewhere.flatMap((row) => openEvent(row).value ?? []),
			};
		},
		planEvent: (id, result, planned, now) =>
			inner.planEvent(
				id,
				{ ...result, ...(result.reason === undefined ? {} : { reason: fields.reason(result.reason) }) },
				planned.map(fields.message),
				now,
			),
		renewMessage: (id, message) => inner.renewMessage(id, fields.message(message)),
		latestOrder: async (source, subject) => whole(await inner.latestOrder(source, subject)),
		stateBefore: async (source, subject, before, id) => whole(await inner.stateBefore(source, subject, before, id)),
		eventsOf: async (source, subject) =>
			(await inner.eventsOf(source, subject)).map((known) => ({
				...known,
				deliveryKey: fields.openKey(known.deliveryKey),
			})),
		withdraw: (source, subject, reason, now) => inner.withdraw(source, subject, fields.reason(reason), now),

		claimDue: async (...asked) =>
			opening(await inner.claimDue(...asked), ({ id }, reason) =>
				inner.changeMessage(id, ['sending'], { state: 'held', reason }),
			),
		staged: async (source, subject) => messages(await inner.staged(source, subject)),
		finishAttempt: (id, worker, attempt, next) =>
			inner.finishAttempt(id, worker, { ...attempt, reason: fields.reason(attempt.reason) }, fields.change(next)),
		changeMessage: (id, from, change) => inner.changeMessage(id, from, fields.change(change)),
		unknownDue: async (now, limit) =>
			opening(await inner.unknownDue(now, limit), ({ id }, reason) =>
				inner.changeMessage(id, ['unknown'], { state: 'held', cause: 'doubtful', reason }),
			),
		watchedDue: async (now, limit) =>
			opening(await inner.watchedDue(now, limit), ({ id, state }, reason) =>
				inner.changeMessage(id, ['sent', 'delivered'], { state, reason, lookAt: null }),
			),

		changes: async (source, after, limit) => (await inner.changes(source, after, limit)).map(fields.openChange),
		outcome: async (source, subject) => (await inner.outcome(source, subject)).map(fields.openChange),

		suppress: (entry) =>
			inner.suppress({ ...entry, phone: fields.person(entry.phone), reason: fields.reason(entry.reason) }),
		unsuppress: (phone) => inner.unsuppress(fields.person(phone)),
		suppression: async (phone) => {
			const found = await inner.suppression(fields.person(phone));
			return found && { ...found, phone, reason: seal.openText('reason', found.reason) };
		},
		suppressions: async (filter) => {
			const { items, ...page } = await inner.suppressions(filter);
			return {
				...page,
				items: items.map((each) => ({
					...each,
					phone: seal.openText('person', each.phone),
					reason: seal.openText('reason', each.reason),
				})),
			};
		},
		recordsOf: async (who) => {
			const found = new Map<string, PersonRecord>();
			for (const each of whos(who))
				for (const record of await inner.recordsOf(each)) found.set(record.event.id, record);
			return [...found.values()].sort(byId).map(({ event: row, messages: of }) => ({
				event: openEvent(row).value,
				messages: of.map((message) => ({
					...openMessage(message).value,
					history: message.history.map(fields.openAttempt),
				})),
			}));
		},
		erase: async (who, reason) => {
			const sum = { events: 0, messages: 0, documents: 0 };
			for (const each of whos(who)) {
				const done = await inner.erase(each, reason);
				for (const what of ['events', 'messages', 'documents'] as const) sum[what] += done[what];
			}
			return sum;
		},
		messageByApiId: async (id) => {
			const found =
				(await inner.messageByApiId(fields.key(id))) ?? (mixed ? await inner.messageByApiId(id) : undefined);
			return found && openMessage(found).value;
		},

		event: async (id) => event(await inner.event(id)),
		events: (filter) =>
			findEvents(
				inner,
				(row) => openEvent(row).value,
				({ reason = '' }) => fields.openReason(reason),
				filter,
			),
		message: async (id) => {
			const found = await inner.message(id);
			return found && { ...openMessage(found).value, history: found.history.map(fields.openAttempt) };
		},
		messages: async (filter) => {
			if (filter.to === undefined) {
				const { items, ...page } = await inner.messages(filter);
				return { ...page, items: messages(items) };
			}
			const pages: Page<Message>[] = [];
			for (const to of spellings(filter.to)) pages.push(await inner.messages({ ...filter, to }));
			const items = pages.flatMap((page) => page.items).sort((a, b) => rowOf(b.id) - rowOf(a.id));
			const last = items[filter.limit - 1];
			const more = pages.some(({ next }) => next !== undefined) || items.length > filter.limit;
			return { items: messages(items.slice(0, filter.limit)), ...(more && last ? { next: last.id } : {}) };
		},

		saveDocument: (document) =>
			inner.saveDocument({
				...document,
				name: seal.text('document', document.name),
				content: seal.bytes('document', document.content),
			}),
		document: async (id) => {
			const found = await inner.document(id);
			return (
				found && {
					...found,
					name: seal.openText('document', found.name),
					content: seal.openBytes('document', found.content),
				}
			);
		},
		cursor: async (name) => {
			const stored = await inner.cursor(name);
			return stored === undefined ? undefined : seal.openText('cursor', stored);
		},
		saveCursor: (name, value) => inner.saveCursor(name, seal.text('cursor', value)),
		setting: async (name, make) => {
			const stored = await inner.setting(name, () => seal.text('setting', make()));
			if (!isSealedText(stored)) await inner.replaceSetting(name, stored, seal.text('setting', stored));
			return seal.openText('setting', stored);
		},
		replaceSetting: (name, from, to) => replaceSealed(inner, seal, name, from, to),
		// What is shared goes by names of people, too.
		exchange: (name, change) =>
			inner.exchange(seal.digest(name), (stored) => {
				const { value, answer } = change(stored === undefined ? undefined : seal.openText('shared', stored));
				return { value: seal.text('shared', value), answer };
			}),
	};
}

/** What neither takes nor gives anything of a person. Named one by one, so that no new method passes by unsealed. */
const untouched = (inner: Store) => ({
	isClosed: inner.isClosed,
	replan: inner.replan,
	dueLanes: inner.dueLanes,
	nextDue: inner.nextDue,
	recoverSending: inner.recoverSending,
	nextLook: inner.nextLook,
	release: inner.release,
	heldCauses: inner.heldCauses,
	follow: inner.follow,
	tally: inner.tally,
	prune: inner.prune,
	counts: inner.counts,
	tryTurn: inner.tryTurn,
	leads: inner.leads,
	stillMine: inner.stillMine,
	...(inner.pollMs === undefined ? {} : { pollMs: inner.pollMs }),
	ping: inner.ping,
	close: inner.close,
});

/** The same text is sealed otherwise each time: what stands there is compared opened. */
async function replaceSealed(inner: Store, seal: Seal, name: string, from: string, to: string): Promise<boolean> {
	const stored = await inner.setting(name, () => seal.text('setting', from));
	return seal.openText('setting', stored) === from && inner.replaceSetting(name, stored, seal.text('setting', to));
}

const rowOf = (id: string): number => Number(id.slice(id.indexOf('_') + 1));
const byId = (a: PersonRecord, b: PersonRecord): number => rowOf(a.event.id) - rowOf(b.event.id);
