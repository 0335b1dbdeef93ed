import type { Delivery } from '../domain';
import type { Preview } from '../sources/feed';
import type { StoredEvent } from '../store/store';
import { whyNobody } from './plan-event';
import { planMessages } from './plan-messages';
import { readEvent } from './read-event';
import type { Rooms } from './rooms';

/** What would be sent for a delivery if it came now; nothing is stored and nothing leaves. */
export async function previewDelivery(rooms: Rooms, delivery: Delivery): Promise<Preview> {
	const event = asStored(delivery, rooms.clock.now());
	const reading = await readEvent(rooms, event);
	if (reading.kind !== 'event')
		return { messages: [], reason: 'reason' in reading ? reading.reason : `a ${reading.kind} request has no message` };
	const plans = await planMessages(rooms, event, reading, { replay: true });
	if (!plans) return { messages: [], reason: `order ${reading.subject} is not known here` };
	const messages = plans.flatMap(({ message }) => {
		if (!message) return [];
		const { mapping, template, language, to, variables, reason } = message;
		return [
			{
				mapping,
				template,
				variables,
				...(language === undefined ? {} : { language }),
				...(to === undefined ? {} : { to }),
				...(reason === undefined ? {} : { problem: reason }),
			},
		];
	});
	if (messages.length > 0) return { messages };
	return { messages, reason: whyNobody(plans) };
}

/** As if it had come now and a person had asked for it; it is in no ledger. */
export const asStored = (
	{ source, topic, headers, body }: Pick<Delivery, 'source' | 'topic' | 'headers' | 'body'>,
	now: Date,
): StoredEvent => ({
	id: 'preview',
	source,
	topic,
	state: 'stored',
	receivedAt: now,
	duplicates: 0,
	byHand: true,
	headers,
	body,
});
