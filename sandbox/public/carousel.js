import { buttonList } from './buttons.js';
import { directed, element } from './dom.js';
import { formatText } from './format-text.js';

/** The cards below a message, side by side. */
export function carousel(cards, picture, tap) {
	if (!cards?.length) return undefined;
	const row = element('div', 'cards', ...cards.map((card) => oneCard(card, picture, tap)));
	// So that the arrow keys scroll it.
	row.tabIndex = 0;
	row.setAttribute('role', 'group');
	row.setAttribute('aria-label', `${cards.length} cards`);
	return row;
}

function oneCard({ title, text, media, buttons }, picture, tap) {
	return element(
		'div',
		'card',
		media && picture(media),
		title && directed('div', 'title', title),
		text && directed('div', 'text', ...formatText(text)),
		buttonList(buttons, tap),
	);
}
