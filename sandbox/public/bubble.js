import { directed, drawing, element } from './dom.js';
import { formatText } from './format-text.js';
import { mediaCard } from './media.js';
import { ticks } from './ticks.js';
import { timeOf } from './times.js';

const ICONS = {
	reply: ['M9 6L4 11l5 5', 'M4 11h9a6 6 0 0 1 6 6v1'],
	url: ['M13 4h7v7', 'M20 4l-9 9', 'M17 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h5'],
	call: ['M6 3h4l2 5-2.500 1.500a11 11 0 0 0 5 5L16 12l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z'],
	copy: ['M9 9h11v11H9z', 'M15 9V4H4v11h5'],
	other: ['M4 6h16M4 12h16M4 18h16'],
};

/** Cards are kept: a page of a document is drawn once, however often its message changes state. */
const cards = new Map();

/** One message as a bubble. `tap` is called with a reply button that was tapped. */
export function bubble(message, isSameSide, tap) {
	const isOutgoing = message.direction === 'outgoing';
	const shownMeta = meta(message, isOutgoing);
	const texts = [
		message.text && directed('div', 'text', ...formatText(message.text)),
		message.footer && directed('div', 'footer', message.footer),
	].filter(Boolean);
	makeRoom(texts.at(-1), shownMeta);
	const content = element(
		'div',
		texts.length === 0 ? 'content bare' : 'content',
		quote(message),
		card(message),
		message.header && directed('div', 'title', message.header),
		place(message),
		...texts,
		carousel(message),
		shownMeta,
	);
	const inner = element('div', 'bubble', content, buttons(message, tap));
	const className = [
		'message',
		isOutgoing && 'outgoing',
		isSameSide && 'same',
		(message.media || message.buttons.length > 0) && 'wide',
	];
	const whole = element(
		'article',
		className.filter(Boolean).join(' '),
		inner,
		message.reactions.length > 0 ? element('div', 'reactions', message.reactions.join(' ')) : undefined,
		message.failure && element('div', 'failure', message.failure),
	);
	whole.dataset.id = message.id;
	whole.dataset.status = message.status;
	return whole;
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** The time stands at the end of the last line where there is room; below it where that line runs from the right. */
function makeRoom(last, shownMeta) {
	const lastLine = last?.textContent.split('\n').at(-1) ?? '';
	if (RIGHT_TO_LEFT.test(lastLine)) last.classList.add('apart');
	else last?.append(element('span', shownMeta.children.length > 1 ? 'room ticked' : 'room'));
}

function card({ id, media }) {
	if (!media) return undefined;
	if (!cards.has(id)) cards.set(id, mediaCard(media));
	return cards.get(id);
}

const quote = ({ quote: text }) => (text ? directed('div', 'quote', ...formatText(text)) : undefined);

function meta({ at, status }, isOutgoing) {
	const time = element('time', '', timeOf(at));
	time.dateTime = at;
	return element('span', 'meta', time, isOutgoing ? ticks(status) : undefined);
}

function place({ location }) {
	if (!location) return undefined;
	const { latitude, longitude, address } = location;
	const where = element('a', 'place', `📍 ${latitude}, ${longitude}${address ? ` · ${address}` : ''}`);
	return Object.assign(where, { href: `geo:${latitude},${longitude}` });
}

function carousel({ cards: shown }) {
	if (!shown?.length) return undefined;
	return element(
		'div',
		'cards',
		...shown.map((one) => directed('div', 'card', String(one.title ?? one.body ?? 'Card'))),
	);
}

function buttons(message, tap) {
	if (message.buttons.length === 0) return undefined;
	return element('div', 'buttons', ...message.buttons.map((button) => oneButton(message, button, tap)));
}

function oneButton(message, button, tap) {
	const content = [drawing('', '0 0 24 24', ...ICONS[button.kind]), directed('span', '', button.text)];
	// Only what a phone would open: an address in a template must not run script here.
	if (button.kind === 'url' && /^https?:\/\//i.test(button.value)) {
		return Object.assign(element('a', '', ...content), {
			href: button.value,
			target: '_blank',
			rel: 'noopener noreferrer',
		});
	}
	if (button.kind === 'call') return Object.assign(element('a', '', ...content), { href: `tel:${button.value}` });
	const made = Object.assign(element('button', '', ...content), { type: 'button' });
	if (button.kind === 'reply') made.addEventListener('click', () => tap(message, button));
	if (button.kind === 'copy') made.addEventListener('click', () => void navigator.clipboard?.writeText(button.value));
	return made;
}
