import { TEMPLATE_LIMITS, titleCase, type Values } from '../../../catalog';
import { lineProblems, type Problem } from './text-problems';

/** What WhatsApp refuses in the buttons of a template or of a card. */
export function* buttonProblems(field: string, buttons: readonly Values[], mostOfCode: number): Generator<Problem> {
	const kinds = buttons.map(({ type }) => String(type));
	for (const [kind, most] of Object.entries(TEMPLATE_LIMITS.buttonsOfKind)) {
		const count = kinds.filter((each) => each === kind).length;
		if (count > most) yield [field, `must have at most ${most} of the kind ${titleCase(kind)}, not ${count}`];
	}
	const isReply = kinds.map((kind) => kind === 'quick_reply');
	const changes = isReply.filter((reply, index) => index > 0 && reply !== isReply[index - 1]).length;
	if (changes > 1) yield [field, 'must have the quick replies together, before or after all others'];
	for (const [index, { type, text }] of buttons.entries()) {
		if (typeof text !== 'string') continue;
		const place = `${field}.${index}.text`;
		const characters = [...text].length;
		if (type === 'copy_code' && characters > mostOfCode)
			yield [place, `must be a code of at most ${mostOfCode} characters, not ${characters}`];
		yield* lineProblems(place, text, 0);
	}
}

/** What WhatsApp refuses in the cards of a carousel, beside their number. */
export function* cardProblems(field: string, cards: readonly Values[]): Generator<Problem> {
	const kindsOf = ({ buttons }: Values) => entriesOf(buttons).map(({ type }) => String(type));
	const first = kindsOf(cards[0] ?? {}).join();
	for (const [index, card] of cards.entries()) {
		const place = `${field}.${index}.buttons`;
		const buttons = entriesOf(card['buttons']);
		const most = TEMPLATE_LIMITS.card.buttons;
		if (buttons.length > most) yield [place, `must be at most ${most}, not ${buttons.length}`];
		if (kindsOf(card).join() !== first)
			yield [place, 'must be of the same kinds, in the same order, as those of the first card'];
		yield* buttonProblems(place, buttons, TEMPLATE_LIMITS.code);
	}
}

/** A coupon code comes first in an offer. */
export function* offerProblems(buttons: readonly Values[]): Generator<Problem> {
	if (buttons.findIndex(({ type }) => type === 'copy_code') > 0)
		yield ['buttons', 'must begin with the one that copies the code'];
}

/** The objects of a list; anything else is refused by the catalogue. */
export const entriesOf = (value: unknown): Values[] =>
	Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
