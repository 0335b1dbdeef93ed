import { directed, drawing, element } from './dom.js';

const ICONS = {
	reply: ['M9 6L4 11l5 5', 'M4 11h9a6 6 0 0 1 6 6v1'],
	url: ['M13 4h7v7', 'M20 4l-9 9', 'M17 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h5'],
	call: ['M6 3h4l2 5-2.500 1.500a11 11 0 0 0 5 5L16 12l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z'],
	copy: ['M9 9h11v11H9z', 'M15 9V4H4v11h5'],
	other: ['M4 6h16M4 12h16M4 18h16'],
};

/** The buttons below a message or a card. `tap` is called with a reply button that was tapped. */
export function buttonList(buttons, tap) {
	if (buttons.length === 0) return undefined;
	return element('div', 'buttons', ...buttons.map((button) => oneButton(button, tap)));
}

function oneButton(button, tap) {
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
	if (button.kind === 'reply') made.addEventListener('click', () => tap(button));
	if (button.kind === 'copy') {
		made.title = button.value;
		made.addEventListener('click', () => void navigator.clipboard?.writeText(button.value));
	}
	return made;
}
