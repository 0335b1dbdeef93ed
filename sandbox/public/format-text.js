import { element } from './dom.js';

// https://faq.whatsapp.com/539178204879377: *bold* _italic_ ~strike~ ```mono``` `code`. A mark counts only at the edge of
// a word and with no space inside it.
const MARKS = [
	{ pattern: /```([\s\S]+?)```/, tag: 'code', plain: true },
	{ pattern: /`([^`\n]+)`/, tag: 'code', plain: true },
	{ pattern: /(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\p{N}*])/u, tag: 'strong' },
	{ pattern: /(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*?\S)_(?![\p{L}\p{N}_])/u, tag: 'em' },
	{ pattern: /(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*?\S)~(?![\p{L}\p{N}~])/u, tag: 's' },
	{ pattern: /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'*_~]/, tag: 'a', plain: true },
];

/** A message's text as nodes, with WhatsApp's formatting and with links. */
export function formatText(text) {
	const next = MARKS.map((mark) => ({ mark, match: mark.pattern.exec(text) }))
		.filter(({ match }) => match !== null)
		.sort((a, b) => a.match.index - b.match.index)[0];
	if (!next) return text === '' ? [] : [document.createTextNode(text)];
	const { mark, match } = next;
	const inner = match[1] ?? match[0];
	const node = element(mark.tag, '', ...(mark.plain ? [inner] : formatText(inner)));
	if (mark.tag === 'a') Object.assign(node, { href: inner, target: '_blank', rel: 'noopener noreferrer' });
	const before = text.slice(0, match.index);
	return [...(before === '' ? [] : [before]), node, ...formatText(text.slice(match.index + match[0].length))];
}

/** The text without its marks, for one-line previews. */
export const plainText = (text) =>
	formatText(text)
		.map((node) => node.textContent ?? node)
		.join('');
