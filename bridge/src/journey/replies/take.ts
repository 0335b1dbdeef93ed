import { mask } from '../../phone';
import type { StoredEvent } from '../../store/store';
import { answeredMessage, type ReadThread } from './answered';
import { buttonDelivery, REPLIES, type Said, saidIn } from './delivery';
import type { Word, wordReader } from './words';
import type { Rooms } from '../rooms';

export interface Taking {
	wordOf: ReturnType<typeof wordReader>;
	/** Reads the thread with a person; undefined: whoever can is told to. */
	read?: (from: string, event: StoredEvent) => Promise<ReadThread>;
}

/**
 * What a stored message of a person means: STOP and START change the list of suppressions, a tap on a button of ours becomes an
 * event. Doing it twice does no harm. True when the thread has to be read first.
 */
export async function takeReply(rooms: Rooms, event: StoredEvent, { wordOf, read }: Taking): Promise<boolean> {
	const { store, clock, log } = rooms;
	const said = saidIn(event);
	const from = said?.from;
	const end = async (state: 'mapped' | 'ignored' | 'unreadable', reason: string, carriesOrder = false) => {
		const person = from === undefined ? {} : { subject: store.personKey(from), person: store.personKey(from) };
		await store.planEvent(
			event.id,
			{ state, reason, ...person, ...(said ? { occurredAt: said.at } : {}), carriesOrder },
			[],
			clock.now(),
		);
		log.info({ stage: 'reply', event: event.id, state, reason, ...(from === undefined ? {} : { from: mask(from) }) });
		return false;
	};
	if (said === undefined || from === undefined) return end('unreadable', 'it does not say whom it is from');

	const word = said.text === undefined ? undefined : wordOf(said.text);
	const heeded = word && (await heed(rooms, event, { ...said, from }, word));
	if (word && !said.tapped) return end('mapped', heeded ?? '', true);

	const known = said.answers === undefined ? undefined : await store.message(said.answers);
	let answered = known ? { kind: 'found' as const, message: known } : await answeredMessage(rooms, { ...said, from });
	if (answered.kind === 'look' && read)
		answered = await answeredMessage(rooms, { ...said, from }, await read(from, event));
	if (answered.kind === 'look') {
		const reason = 'the message that it answers is looked up in the chat';
		await store.planEvent(event.id, { state: 'stored', reason, waitsFor: 'thread' }, [], clock.now());
		return true;
	}
	if (answered.kind === 'none')
		return heeded === undefined ? end('ignored', answered.reason) : end('mapped', heeded, true);
	const { message } = answered;
	const saved = await store.saveEvent(buttonDelivery(said, message), {
		receivedAt: event.receivedAt,
		verifiedAt: clock.now(),
	});
	return end(
		'mapped',
		`${heeded === undefined ? '' : `${heeded}; `}the answer to ${message.id}: ${saved.id}`,
		heeded !== undefined,
	);
}

/** Words count in the order in which they were written, in whatever order they arrive. */
async function heed(
	{ store, config }: Rooms,
	event: StoredEvent,
	{ from, at }: Said & { from: string },
	{ word, said }: { word: Word; said: string },
): Promise<string> {
	const newest = await store.latestOrder(REPLIES, store.personKey(from));
	if (newest?.occurredAt && newest.occurredAt > at && newest.id !== event.id)
		return `wrote '${said}', and another word since`;
	if (word === 'start') {
		const were = await store.unsuppress(from);
		return `wrote '${said}': ${were ? 'gets messages again' : 'got messages already'}`;
	}
	const scope = config.replies.stopScope;
	await store.suppress({ phone: from, scope, reason: `wrote '${said}'`, at });
	return `wrote '${said}': gets ${scope === 'all' ? 'no more messages' : 'no more marketing messages'}`;
}
