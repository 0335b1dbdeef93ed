import { readText } from '../../../../catalog';
import type { Reading, Reply } from '../../domain';
import type { StoredEvent } from '../../store/store';

/** What a `reply.*` event says; `original` reads the event of the message that was answered, for its row or appointment. */
export async function readReply(
	event: StoredEvent,
	original: (id: string) => Promise<Reading | undefined>,
): Promise<Reading> {
	let body: unknown;
	try {
		body = JSON.parse(event.body.toString('utf8'));
	} catch {
		body = undefined;
	}
	const [id, from, subject] = ['id', 'from', 'message.subject'].map((path) => readText(body, path));
	if (id === undefined || from === undefined || subject === undefined)
		return { kind: 'unreadable', reason: 'the reply does not say what it answers' };
	const at = readText(body, 'at') ?? event.receivedAt.toISOString();
	const of = readText(body, 'message.event');
	const answered = of === undefined ? undefined : await original(of);
	const { row, appointment } = answered?.kind === 'event' ? answered : {};
	const given = (name: 'button' | 'payload' | 'text'): Partial<Reply> => {
		const text = readText(body, name);
		return text === undefined ? {} : { [name]: text };
	};
	return {
		kind: 'event',
		event: 'reply.button',
		occurredAt: at,
		subject,
		phone: from,
		key: `reply/${id}`,
		reply: {
			...given('button'),
			...given('payload'),
			...given('text'),
			at,
			from,
			to: {
				id: readText(body, 'message.id') ?? '',
				mapping: readText(body, 'message.mapping') ?? '',
				template: readText(body, 'message.template') ?? '',
			},
		},
		...(row ? { row } : {}),
		...(appointment ? { appointment } : {}),
	};
}
