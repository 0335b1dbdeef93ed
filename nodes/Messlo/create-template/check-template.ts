import { FieldError, type Operation, TEMPLATE_LIMITS, type Values } from '../../../catalog';
import { buttonProblems, cardProblems, entriesOf, offerProblems } from './button-problems';
import { lineProblems, type Problem, textProblems } from './text-problems';
import { variablesOf } from './variables';

/** Refuses what WhatsApp would refuse, beyond what the catalogue says of each field alone. */
export function checkTemplate(row: Operation, values: Values): void {
	for (const [field, expected] of problems(row, values)) throw new FieldError(row.id, field, expected);
}

function* problems(row: Operation, values: Values): Generator<Problem> {
	const text = (name: string): string => {
		const value = values[name];
		return typeof value === 'string' ? value : '';
	};
	yield* textProblems('message_body', text('message_body'));
	yield* lineProblems('header_text', text('header_text'), 1);
	yield* lineProblems('footer_text', text('footer_text'), 0);
	// Where a template is changed, the other half of it may stay as it is.
	if (
		row.id !== 'template.update' ||
		(values['message_body'] !== undefined && values['variable_examples'] !== undefined)
	)
		yield* sampleProblems(row, values, variablesOf(`${text('header_text')} ${text('message_body')}`).length);
	const buttons = entriesOf(values['buttons']);
	const isOffer = row.fixed?.['is_limited_time_offer'] === true;
	yield* buttonProblems('buttons', buttons, isOffer ? TEMPLATE_LIMITS.offer.code : TEMPLATE_LIMITS.code);
	if (isOffer) yield* offerProblems(buttons);
	const cards = entriesOf(values['carousel_cards']);
	for (const [index, { body }] of cards.entries())
		if (typeof body === 'string') yield* textProblems(`carousel_cards.${index}.body`, body);
	yield* cardProblems('carousel_cards', cards);
}

function* sampleProblems({ fields }: Operation, values: Values, variables: number): Generator<Problem> {
	if (!fields.some(({ name }) => name === 'variable_examples')) {
		if (variables > 0) yield ['message_body', 'has variables: choose the operation Create with Variables'];
		return;
	}
	const samples = entriesOf(values['variable_examples']).length;
	if (samples < variables)
		yield ['variable_examples', `must have a sample for each variable: {{${samples + 1}}} has none`];
	if (samples > variables)
		yield ['variable_examples', `must be as many as there are variables in the text: ${variables}, not ${samples}`];
}
