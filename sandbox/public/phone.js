import { bubble } from './bubble.js';
import { chatList, paintAvatar, titleOf } from './chat-list.js';
import { element } from './dom.js';
import { drawNewMessage } from './new-message.js';
import { dayOf } from './times.js';

const part = (id) => document.getElementById(id);
const parts = Object.fromEntries(
	['phone', 'chats', 'chat', 'back', 'thread', 'composer', 'reply', 'empty', 'new', 'offline'].map((id) => [
		id,
		part(id),
	]),
);
const isNarrow = matchMedia('(max-width: 700px)');
let view = { now: new Date().toISOString(), chats: [], businesses: [], logins: [] };
/** What each message on the screen was drawn from, by message id. */
const drawn = new Map();
let drawnChat;

const isWriting = () => location.hash === '#new';

const openChat = () => {
	if (isWriting()) return undefined;
	const wanted = view.chats.find(({ id }) => id === decodeURIComponent(location.hash.slice(1)));
	return wanted ?? (isNarrow.matches ? undefined : view.chats[0]);
};

async function look() {
	try {
		const answer = await fetch('/__sandbox/phone');
		view = await answer.json();
		parts.offline.hidden = true;
	} catch {
		parts.offline.hidden = false;
	}
	draw();
}

function draw() {
	const chat = openChat();
	const hasChats = view.chats.length > 0;
	parts.phone.classList.toggle('open', chat !== undefined || isWriting());
	parts.phone.classList.toggle('has-chats', hasChats);
	parts.chats.replaceChildren(...chatList(view.chats, chat?.id, view.now, (id) => (location.hash = id)));
	parts.chat.hidden = chat === undefined;
	parts.new.hidden = !isWriting();
	if (isWriting()) drawNewMessage(view);
	parts.empty.hidden = chat !== undefined || isWriting();
	part('empty-title').textContent = hasChats ? 'No chat is open' : 'No messages yet';
	part('empty-command').hidden = hasChats;
	if (chat) drawChat(chat);
}

function drawChat(chat) {
	const wasAtEnd = parts.thread.scrollHeight - parts.thread.scrollTop - parts.thread.clientHeight < 80;
	part('chat-name').textContent = titleOf(chat);
	const withWhom = `with ${chat.business.name} ${chat.business.number}`;
	part('chat-number').textContent = chat.name ? `+${chat.contactNo} · ${withWhom}` : withWhom;
	parts.reply.placeholder = `Reply as ${titleOf(chat)}`;
	paintAvatar(part('chat-avatar'), chat);
	const isOther = drawnChat !== chat.id;
	if (isOther) drawn.clear();
	drawnChat = chat.id;
	const count = drawn.size;
	place(threadOf(chat));
	if (isOther || (drawn.size > count && wasAtEnd)) parts.thread.scrollTop = parts.thread.scrollHeight;
}

/** Puts the nodes in the thread; one that stays is not touched, so that it keeps its focus and goes on playing. */
function place(nodes) {
	for (const [index, node] of nodes.entries()) {
		if (parts.thread.children[index] !== node) parts.thread.insertBefore(node, parts.thread.children[index] ?? null);
	}
	while (parts.thread.children.length > nodes.length) parts.thread.lastElementChild.remove();
}

function dayMark(day) {
	const known = drawn.get(day) ?? { node: element('div', 'day', day) };
	drawn.set(day, known);
	return known.node;
}

function threadOf(chat) {
	const nodes = [];
	let before;
	for (const message of chat.messages) {
		const day = dayOf(message.at, view.now);
		const isNewDay = !before || dayOf(before.at, view.now) !== day;
		if (isNewDay) nodes.push(dayMark(day));
		const isSameSide = !isNewDay && before.direction === message.direction;
		const key = JSON.stringify([message, isSameSide]);
		const known = drawn.get(message.id);
		const node = known?.key === key ? known.node : bubble(message, isSameSide, (...tapped) => tap(chat, ...tapped));
		drawn.set(message.id, { key, node });
		nodes.push(node);
		before = message;
	}
	return nodes;
}

const reply = (chat, content) =>
	fetch('/__sandbox/inbound', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ contact_no: chat.contactNo, whatsapp_phone_number: chat.business.digits, ...content }),
	});

const tap = (chat, message, { text, value }) =>
	reply(chat, { button: { text, payload: value, message_id: message.waId } });

parts.composer.addEventListener('submit', (event) => {
	event.preventDefault();
	const message = parts.reply.value.trim();
	const chat = openChat();
	if (message === '' || !chat) return;
	parts.reply.value = '';
	parts.thread.scrollTop = parts.thread.scrollHeight;
	void reply(chat, { message });
});
parts.back.addEventListener('click', () => (location.hash = ''));
addEventListener('hashchange', draw);
isNarrow.addEventListener('change', draw);

part('empty-text').textContent = 'A message sent through this sandbox shows up here at once. To send a first one:';
part('empty-command').textContent = `curl ${location.origin}/__sandbox/templates \\
  -H 'content-type: application/json' \\
  -d '{"name": "hello", "language": "en_US",
       "message_body": "Hello *{{1}}*, your order is on its way."}'

curl ${location.origin}/api/whatsapp/send \\
  -H 'content-type: application/json' -H 'x-api-key: sandbox-api-key' \\
  -d '{"contact_no": "919812345678", "whatsapp_phone_number": "911234567890",
       "messageType": "template", "templateName": "hello",
       "languageCode": "en_US", "templateVariables": {"1": "Ana"}}'`;

const events = new EventSource('/__sandbox/phone/events');
events.addEventListener('message', () => void look());
events.addEventListener('error', () => void look());
void look();
