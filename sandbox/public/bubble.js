import { buttonList } from './buttons.js';
import { carousel } from './carousel.js';
import { directed, element } from './dom.js';
import { formatText } from './format-text.js';
import { mediaCard } from './media.js';
import { ticks } from './ticks.js';
import { timeOf } from './times.js';

/** Pictures are kept: a page of a document is drawn once, however often its message changes state. */
const pictures = new Map();

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
		message.media && picture(message.media),
		offer(message),
		message.header && directed('div', 'title', message.header),
		place(message),
		...texts,
		shownMeta,
	);
	const answer = (button) => tap(message, button);
	const inner = element('div', 'bubble', content, buttonList(message.buttons, answer));
	const className = [
		'message',
		isOutgoing && 'outgoing',
		isSameSide && 'same',
		(message.media || message.cards || message.buttons.length > 0) && 'wide',
	];
	const whole = element(
		'article',
		className.filter(Boolean).join(' '),
		inner,
		carousel(message.cards, picture, answer),
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

function picture(media) {
	if (!pictures.has(media.href)) pictures.set(media.href, mediaCard(media));
	return pictures.get(media.href);
}

function offer({ offer: shown }) {
	if (!shown) return undefined;
	const ends = shown.expiresAt && element('time', '', `Ends at ${timeOf(shown.expiresAt)}`);
	return element('div', 'offer', element('span', 'gift', '🎁'), directed('strong', '', shown.text), ends || '');
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
