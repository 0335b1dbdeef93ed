import type { Message, StoredEvent } from '../../../bridge/src/store/store';
import type { Kind, Webhook } from './orders';

/** The ledger as the bridge tells it, with dates as text. */
export interface LedgerDump {
	events: Pick<StoredEvent, 'id' | 'state' | 'reason'>[];
	messages: Pick<
		Message,
		'id' | 'event' | 'source' | 'subject' | 'mapping' | 'state' | 'reason' | 'cause' | 'apiMessageId'
	>[];
}

/** A message that the sandbox took. */
export interface Taken {
	_id: string;
	wa_message_id: string;
	direction: string;
	templateVariables?: Record<string, string>;
}

/** A webhook that was answered 200, and the event's id in that answer. */
export interface Acknowledged {
	webhook: Webhook;
	event: string;
}

/** What is wrong, each as a sentence, and what was counted. */
export interface Findings {
	lost: string[];
	twice: string[];
	outOfOrder: string[];
	lies: string[];
	/** Told to a person, who decides: it may have arrived and nobody can tell. */
	held: string[];
	/** Acknowledged and rightly not sent: the ledger says why. */
	notSent: string[];
	sent: number;
}

/** Which kind may follow which: never a smaller rank a greater one. */
export type Ranks = Record<Kind, number>;
export const IN_ORDER: Ranks = { created: 0, paid: 1, fulfilled: 2 };
/** Shops themselves send an order and its payment in any order: those two count as one. */
export const AS_IT_COMES: Ranks = { created: 0, paid: 0, fulfilled: 1 };

const SENT: readonly string[] = ['sent', 'delivered', 'read'];
const UNDONE: readonly string[] = ['waiting', 'sending', 'unknown'];

/** `kind` may be a mapping's name: created-invoice tells the same as created. */
const keyOf = (source: string, subject: string, kind: string): string => `${source}/${subject} ${kind.split('-')[0]}`;

/** Compares what shops were promised, what the ledger says and what the API took. All must be at rest. */
export function check(
	acknowledged: readonly Acknowledged[],
	{ events, messages }: LedgerDump,
	taken: readonly Taken[],
	ranks: Ranks = IN_ORDER,
): Findings {
	const found: Findings = { lost: [], twice: [], outOfOrder: [], lies: [], held: [], notSent: [], sent: 0 };
	const arrived = new Map<string, Taken[]>();
	for (const message of taken) {
		const { 1: source = '', 2: subject = '', 3: kind = '' } = message.templateVariables ?? {};
		const key = keyOf(source, subject, kind);
		arrived.set(key, [...(arrived.get(key) ?? []), message]);
	}
	found.sent = taken.length;
	for (const [key, copies] of arrived) if (copies.length > 1) found.twice.push(`${key}: ${copies.length} times`);
	found.outOfOrder = outOfOrder(taken, ranks);

	const known = new Map(messages.map((message) => [keyOf(message.source, message.subject, message.mapping), message]));
	for (const key of arrived.keys()) if (!known.has(key)) found.lies.push(`${key}: sent, and not in the ledger`);
	for (const [key, message] of known) {
		const copies = arrived.get(key) ?? [];
		const says = `${key}: the ledger says ${message.state}${message.reason === undefined ? '' : ` (${message.reason})`}`;
		if (UNDONE.includes(message.state)) found.lies.push(`${says} for ever`);
		else if (SENT.includes(message.state)) {
			if (copies.length === 0) found.lies.push(`${says}, the API has nothing`);
			else if (
				message.apiMessageId !== undefined &&
				!copies.some((copy) => idsOf(copy).includes(message.apiMessageId ?? ''))
			)
				found.lies.push(`${says} as ${message.apiMessageId}, the API has it as ${copies.map(({ _id }) => _id).join()}`);
		} else if (message.state === 'held') found.held.push(says);
		else if (copies.length > 0) found.lies.push(`${says}, the API took it`);
	}

	const stored = new Map(events.map((event) => [event.id, event]));
	for (const {
		webhook: { order, kind },
		event: id,
	} of acknowledged) {
		const key = keyOf(order.source, order.id, kind);
		const event = stored.get(id);
		const message = known.get(key);
		if (event === undefined) found.lost.push(`${key}: ${id} was acknowledged, and is not in the ledger`);
		else if (event.state === 'stored')
			found.lies.push(`${key}: ${id} is never planned (${event.reason ?? 'no reason'})`);
		else if (arrived.has(key) || message?.state === 'held') continue;
		else if (message && !SENT.includes(message.state))
			found.notSent.push(`${key}: ${message.state}, ${message.reason ?? ''}`);
		else if (event.state === 'ignored' && event.reason !== undefined) found.notSent.push(`${key}: ${event.reason}`);
		else found.lost.push(`${key}: ${id} was acknowledged (${event.state}), and nothing was sent`);
	}
	return found;
}

const idsOf = ({ _id, wa_message_id }: Taken): string[] => [_id, wa_message_id];

/** Of each order, what left must tell a later state each time. */
function outOfOrder(taken: readonly Taken[], ranks: Ranks): string[] {
	const byOrder = Map.groupBy(taken, ({ templateVariables: values }) => `${values?.['1']}/${values?.['2']}`);
	return [...byOrder].flatMap(([order, messages]) => {
		const told = messages.map(({ templateVariables: values }) => values?.['3'] ?? '');
		const ranked = told.map((kind) => ranks[kind as Kind]);
		return ranked.some((rank, at) => rank < (ranked[at - 1] ?? 0)) ? [`${order}: ${told.join(', ')}`] : [];
	});
}
