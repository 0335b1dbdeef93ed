import { mediaPath } from '../control/media-path';
import type { Card, Contact, Media, Message, MessageButton, MessageStatus, PhoneNumber } from '../records';
import { numberById } from '../state';
import { statusAt } from '../whatsapp/progress';
import type { World } from '../world';

type PhoneMedia = Pick<Media, 'kind' | 'name' | 'type' | 'size'> & { href: string };

export interface PhoneCard {
	title?: string;
	text?: string;
	media?: PhoneMedia;
	buttons: MessageButton[];
}

export interface PhoneMessage {
	id: string;
	waId: string;
	/** Seen from the business: outgoing is what it sent. */
	direction: Message['direction'];
	type: string;
	text: string;
	header?: string;
	footer?: string;
	media?: PhoneMedia;
	buttons: MessageButton[];
	location?: Message['location'];
	cards?: PhoneCard[];
	/** The line of a limited-time offer, and when it ends. */
	offer?: Message['offer'];
	/** The text that this answers. */
	quote?: string;
	reactions: string[];
	status: MessageStatus;
	failure?: string;
	at: string;
}

export interface PhoneChat {
	id: string;
	contactNo: string;
	name: string;
	/** Our number, as people see it, and as digits. */
	business: { name: string; number: string; digits: string };
	messages: PhoneMessage[];
}

export interface PhoneView {
	now: string;
	chats: PhoneChat[];
	/** Our numbers, to which a person can write. */
	businesses: PhoneChat['business'][];
	/** Logins that wait for their text, and the number it is to reach; the newest last. */
	logins: { text: string; digits: string }[];
}

const businessOf = ({
	verified_name: name,
	display_phone_number: number,
	digits,
}: PhoneNumber): PhoneChat['business'] => ({
	name,
	number,
	digits,
});

/** Every chat with its messages as the phone page shows them, the most recent chat first. */
export function phoneView(world: World): PhoneView {
	const { state, clock } = world;
	const now = clock.now();
	const chats = state.contacts.flatMap((contact) =>
		state.numbers.map((number) => chatOf(state.messages, contact, number, now)),
	);
	const latest = ({ messages }: PhoneChat): string => messages.at(-1)?.at ?? '';
	return {
		now: now.toISOString(),
		businesses: state.numbers.map(businessOf),
		logins: state.logins
			.filter(({ verified, expiresAt }) => !verified && expiresAt > now)
			.map(({ text, number_id: id }) => ({ text, digits: numberById(state, id).digits })),
		chats: chats
			.filter(({ messages }) => messages.length > 0)
			.sort((a, b) => latest(b).localeCompare(latest(a)) || b.id.localeCompare(a.id)),
	};
}

function chatOf(all: Message[], contact: Contact, number: PhoneNumber, now: Date): PhoneChat {
	const mine = all.filter((message) => message.contact_id === contact._id && message.number_id === number._id);
	return {
		id: `${contact._id}-${number._id}`,
		contactNo: contact.phone_number,
		name: contact.name,
		business: businessOf(number),
		messages: mine.filter(({ messageType }) => messageType !== 'reaction').map((message) => shown(message, mine, now)),
	};
}

function shown(message: Message, thread: Message[], now: Date): PhoneMessage {
	const status = statusAt(message, now);
	const { header, footer, location, cards, media, offer, replyTo } = message;
	const quoted = thread.find(({ wa_message_id }) => replyTo === wa_message_id);
	return {
		id: message._id,
		waId: message.wa_message_id,
		direction: message.direction,
		type: message.messageType,
		text: message.message,
		...(header !== undefined && { header }),
		...(footer !== undefined && { footer }),
		...(location && { location }),
		...(offer && { offer }),
		...(cards && { cards: cards.map((card, index) => shownCard(card, mediaPath(message._id, index))) }),
		...(media && { media: shownMedia(media, mediaPath(message._id)) }),
		...(quoted && { quote: quoted.message }),
		buttons: message.buttons,
		reactions: thread
			.filter(({ messageType, replyTo: to }) => messageType === 'reaction' && to === message.wa_message_id)
			.map((reaction) => reaction.message),
		status,
		...(status === 'failed' && message.failure && { failure: message.failure.message }),
		at: message.createdAt.toISOString(),
	};
}

const shownMedia = ({ kind, name, type, size }: Media, href: string): PhoneMedia => ({ kind, name, type, size, href });

const shownCard = ({ media, ...card }: Card, href: string): PhoneCard => ({
	...card,
	...(media && { media: shownMedia(media, href) }),
});
