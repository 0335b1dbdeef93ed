import { directed, element } from './dom.js';
import { plainText } from './format-text.js';
import { ticks } from './ticks.js';
import { dayOf, timeOf } from './times.js';

const KINDS = { image: '📷 Photo', video: '🎥 Video', audio: '🎵 Audio', document: '📄 ' };

/** Name where WhatsApp knows one, else the number. */
export const titleOf = (chat) => chat.name || `+${chat.contactNo}`;

/** Paints the round picture of a chat: initials on a colour that stays the same for a number. */
export function paintAvatar(avatar, chat) {
	const initials = (chat.name.match(/(?<!\p{L})\p{L}/gu) ?? []).slice(0, 2).join('').toUpperCase();
	avatar.textContent = initials || chat.contactNo.slice(-2);
	avatar.style.setProperty('--hue', String((Number(chat.contactNo.slice(-6)) * 47) % 360));
	return avatar;
}

/** The list of chats, the open one marked. */
export function chatList(chats, openId, now, open) {
	return chats.map((chat) => {
		const last = chat.messages.at(-1);
		const day = dayOf(last.at, now);
		const line = directed(
			'span',
			'last',
			last.direction === 'outgoing' ? ticks(last.status) : undefined,
			preview(last),
		);
		const entry = element(
			'button',
			'entry',
			paintAvatar(element('span', 'avatar'), chat),
			element(
				'span',
				'summary',
				directed('strong', '', titleOf(chat)),
				element('time', '', day === 'Today' ? timeOf(last.at) : day),
				line,
			),
		);
		Object.assign(entry, { type: 'button' });
		entry.setAttribute('aria-current', String(chat.id === openId));
		entry.addEventListener('click', () => open(chat.id));
		return entry;
	});
}

function preview({ media, text, location, header }) {
	if (location) return `📍 ${text || 'Location'}`;
	const kind = media ? `${KINDS[media.kind]}${media.kind === 'document' && !text ? media.name : ''} ` : '';
	return `${kind}${plainText(text || header || '').replace(/\s+/g, ' ')}`;
}
