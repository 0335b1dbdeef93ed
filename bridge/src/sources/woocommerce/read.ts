import { z } from 'zod';
import type { Happening, Reading } from '../../domain';
import { parseBody } from '../exact-json';
import { id } from '../shop/fields';
import { topic as topicOf, type Topic } from '../shop/topic';
import type { Known, StoredDelivery } from '../source';
import { parseGmt } from './admin/site-time';
import { deliveryKey } from './delivery-key';
import { happenings, type State } from './happenings';
import { orderFields, type OrderFields } from './order-fields';
import { peek } from './peek';
import { readOrder, type Reader } from './read-order';
import type { Statuses } from './statuses';

/** Topics whose payload is an order as it stands. */
const STATES = ['order.created', 'order.updated', 'order.restored'];

export interface OrderReader extends Reader {
	statuses: Statuses;
}
interface Context {
	reader: OrderReader;
	topic: string;
	known: Known | undefined;
}

/** Reads any verified delivery of a shop; never throws, whatever the bytes. */
export const woocommerceReader =
	(reader: OrderReader) =>
	({ topic, body }: StoredDelivery, known?: Known): Reading => {
		const read = STATES.includes(topic) ? orderState : topic === 'order.deleted' ? orderDeleted : undefined;
		if (read === undefined)
			return {
				kind: 'ignored',
				reason: `nothing reads the topic '${topic.slice(0, 80)}': webhooks for 'Order created', 'Order updated', 'Order deleted' and 'Order restored' are enough`,
			};
		const payload = payloadOf(body);
		return payload === undefined
			? { kind: 'unreadable', reason: 'the body is not JSON' }
			: read(payload, { reader, topic, known });
	};

/** Of which order a delivery is a state, and of when; undefined for what is no order yet, or says nothing of when. */
export const woocommerceState =
	({ statuses }: OrderReader) =>
	({ topic, body }: StoredDelivery): { subject: string; occurredAt: Date } | undefined => {
		const seen = STATES.includes(topic) ? peek(body) : undefined;
		if (seen?.kind !== 'order' || statuses.meaningOf(seen.order.status ?? '') === 'ignored') return undefined;
		const occurredAt = parseGmt(seen.order.date_modified_gmt);
		return occurredAt && { subject: String(seen.order.id), occurredAt };
	};

const orderState: Topic<Context> = topicOf(orderFields, (given, { reader, topic, known }): Reading => {
	const meaning = reader.statuses.meaningOf(given.status);
	const gone = given.status === 'trash' ? { cancelsOrder: given.id } : {};
	if (meaning === 'ignored') return { kind: 'ignored', reason: whyIgnored(given.status), subject: given.id, ...gone };
	const now = stateOf(given, reader);
	if (now === undefined)
		return { kind: 'unreadable', reason: `the payload of '${topic}' says nowhere when it happened` };
	const told = known?.late ? [] : happenings(now, earlier(known, reader), topic === 'order.created');
	const [first = changeOf(now), ...also] = told;
	return { kind: 'event', subject: given.id, order: now.order, ...first, ...(also.length > 0 ? { also } : {}) };
});

const orderDeleted: Topic<Context> = topicOf(z.object({ id }), ({ id: order }) => ({
	kind: 'ignored',
	reason: 'the order was deleted in the shop: its waiting messages are withdrawn',
	subject: order,
	cancelsOrder: order,
}));

function stateOf(given: OrderFields, reader: OrderReader): State | undefined {
	const changedAt = given.date_modified_gmt ?? given.date_created_gmt;
	if (changedAt === undefined) return undefined;
	const meaning = reader.statuses.meaningOf(given.status);
	const chosen = reader.statuses.isChosen(given.status);
	return { given, meaning, chosen, changedAt, order: readOrder(given, meaning, changedAt, reader) };
}

/** A state that cannot be read any more is none. */
function earlier(known: Known | undefined, reader: OrderReader): State | undefined {
	const read = known?.previous && orderFields.safeParse(payloadOf(known.previous.body));
	return read?.success ? stateOf(read.data, reader) : undefined;
}

const changeOf = ({ given, changedAt }: State): Happening => ({
	event: 'order.updated',
	occurredAt: changedAt,
	key: deliveryKey('updated', { ...given, date_modified_gmt: changedAt }),
});

const whyIgnored = (status: string): string =>
	status === 'trash'
		? 'the order was put into the trash: its waiting messages are withdrawn'
		: /draft|^new$/.test(status)
			? 'the buyer is still at the checkout: it is no order yet'
			: `the configuration leaves out orders that are '${status.slice(0, 40)}'`;

/** Bytes that are not UTF-8 become U+FFFD: a broken letter in a note must not cost an order. */
function payloadOf(body: Buffer): unknown {
	try {
		return parseBody(body);
	} catch {
		return undefined;
	}
}
