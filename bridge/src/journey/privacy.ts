import type { Reading } from '../domain';
import { readPhone } from '../phone';
import type { StoredEvent } from '../store/store';
import type { Rooms } from './rooms';

type PrivacyReading = Extract<Reading, { kind: 'privacy' }>;

/**
 * Acts on a shop's privacy request and says what was done: a person's or a shop's data are emptied at once, what a person asks to see is left for
 * the merchant to export. Repeating it does no harm.
 */
export async function answerPrivacy(
	{ store, config, log }: Pick<Rooms, 'store' | 'config' | 'log'>,
	event: StoredEvent,
	{ request, orders, phone }: PrivacyReading,
): Promise<string> {
	const number = readPhone(phone, config.defaults.country);
	if (request === 'data-request') {
		log.warn(
			{ stage: 'privacy', event: event.id, source: event.source, request },
			'A person asks for their data: messlo-bridge person export <number>; there are 30 days to answer',
		);
		return "privacy request (data-request): 'messlo-bridge person export' with their number gives all that is kept; there are 30 days to answer";
	}
	const reason = request === 'erase-shop' ? 'erased: the shop asked for it' : 'erased: the customer asked for it';
	const done =
		request === 'erase-shop'
			? [await store.erase({ source: event.source }, reason)]
			: [
					...(orders.length > 0 ? [await store.erase({ source: event.source, subjects: orders }, reason)] : []),
					...(number.ok ? [await store.erase({ phone: number.e164 }, reason)] : []),
				];
	const events = done.reduce((sum, each) => sum + each.events, 0);
	log.warn({ stage: 'privacy', event: event.id, source: event.source, request, events }, 'Erased what was kept');
	return `privacy request (${request}): what was kept is erased, ${events} ${events === 1 ? 'event' : 'events'} with their messages and documents`;
}
