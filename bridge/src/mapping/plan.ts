import { readPhone } from '../phone';
import { chooseLanguage, localeFor } from './choose-language';
import { cleanValue, LONGEST_BODY } from './clean-value';
import { optOutOf } from './consent';
import type { Expression } from './liquid/compile';
import type { Surroundings } from './liquid/filters';
import { render, type Rendering } from './liquid/render';
import type { Mapping } from './mapping';
import { onceKey } from './once';
import type { Draft, Plan, PlanContext, PlannedMessage, PlanSettings } from './planning';
import { timingOf } from './timing';
import { viewOf } from './view';

export type { Draft, Plan, PlanContext, PlannedMessage, PlanSettings } from './planning';

type Failure = { ok: false; reason: string };
type Try<T> = { ok: true; value: T } | Failure;

/** The message that a mapping makes of an event, or why there is none; the same answer for the same input. */
export function planMessage(mapping: Mapping, context: PlanContext, settings: PlanSettings): Plan {
	const unwanted = reasonNotWanted(mapping, context, settings);
	if (unwanted !== undefined) return { kind: 'unwanted', reason: unwanted };

	const view = viewOf(context);
	const spoken = languageSpoken(mapping, context, view, settings) ?? mapping.language.fallback;
	const language = chooseLanguage(mapping.language, spoken, settings.approvedLanguages?.(mapping.template));
	const surroundings = surroundingsOf(context, settings, localeFor(language, spoken));
	const evaluate = (expression: Expression): Rendering => render(expression, view, surroundings);

	const to = recipient(mapping, context, evaluate, settings);
	const draft = draftOf(mapping, context, settings, language, to.ok ? to.value : undefined);
	const held = (reason: string): Plan => ({ kind: 'held', reason, draft });

	const wanted = mapping.when ? evaluate(mapping.when) : undefined;
	if (wanted?.ok === false)
		return held(`the condition 'when' cannot be answered: ${wanted.reason}. Mend the mapping, then replay`);
	if (wanted?.text === '') return { kind: 'unwanted', reason: `not so: ${mapping.when?.source ?? ''}` };

	// Without the order nobody can tell of consent; once it is known, this is planned again.
	if (!to.ok && context.order === undefined) return held(to.reason);
	const refusal = reasonToSkip(mapping, context, evaluate);
	if (!refusal.ok) return held(refusal.reason);
	if (refusal.value !== undefined) return { kind: 'skipped', reason: refusal.value, draft };

	if (!to.ok) return held(to.reason);
	const variables = variablesOf(mapping, evaluate, context);
	if (!variables.ok) return held(variables.reason);
	draft.variables = variables.value;
	const header = headerOf(mapping, evaluate);
	if (!header.ok) return held(header.reason);
	const { dueAt, expiresAt } = timingOf(mapping, context, to.value, settings);
	const key = onceKey(mapping, context, to.value, settings);
	if (key === undefined) return held('the message cannot be told from others. Mend `once` in the mapping, then replay');
	const message: PlannedMessage = {
		mapping: mapping.name,
		template: mapping.template,
		language,
		to: to.value,
		variables: variables.value,
		...(header.value ? { header: header.value } : {}),
		...(mapping.sender === undefined ? {} : { sender: mapping.sender }),
		onceKey: key,
		dueAt,
		...(expiresAt ? { expiresAt } : {}),
	};
	if (expiresAt && expiresAt <= dueAt)
		return { kind: 'skipped', reason: 'expired: by the time it could be sent it would be out of date', draft: message };
	return { kind: 'planned', message };
}

function reasonNotWanted(
	{ enabled, name, on, sources }: Mapping,
	{ event, order }: PlanContext,
	{ testOrders }: PlanSettings,
): string | undefined {
	if (!enabled) return `the mapping '${name}' is switched off`;
	if (!on.includes(event.name)) return `'${name}' is not about ${event.name}`;
	if (sources && !sources.includes(event.source) && !sources.includes(event.sourceKind))
		return `'${name}' is not for the source '${event.source}'`;
	if (order?.test && !testOrders) return 'a test order of the shop; testOrders: true at the source sends for these too';
	return undefined;
}

function reasonToSkip(
	mapping: Mapping,
	{ order }: PlanContext,
	evaluate: (expression: Expression) => Rendering,
): Try<string | undefined> {
	const optOut = order && optOutOf(order);
	if (optOut !== undefined || !mapping.consent) return { ok: true, value: optOut };
	const consent = evaluate(mapping.consent);
	if (!consent.ok)
		return {
			ok: false,
			reason: `the condition 'consent' cannot be answered: ${consent.reason}. Mend the mapping, then replay`,
		};
	return { ok: true, value: consent.text === '' ? `no consent: not so that ${mapping.consent.source}` : undefined };
}

function recipient(
	mapping: Mapping,
	{ order, event, phone, phoneProblem }: PlanContext,
	evaluate: (expression: Expression) => Rendering,
	settings: PlanSettings,
): Try<string> {
	const mend = `Mend ${sourceOfData(event.name)}`;
	if (mapping.to === undefined && phoneProblem !== undefined)
		return { ok: false, reason: `no number to send to: ${phoneProblem}. ${mend}, then replay` };
	const expression = mapping.to ?? (order || phone !== undefined ? undefined : settings.phone);
	if (expression === undefined && phone === undefined) {
		if (order?.phone !== undefined) return { ok: true, value: order.phone };
		const reason = order
			? (order.phoneProblem ?? 'no phone number in the order')
			: `the order of this ${event.name} is not known yet`;
		return {
			ok: false,
			reason: `no number to send to: ${reason}. ${order ? 'Mend the order' : 'Wait for the order'}, then replay`,
		};
	}
	const text: Rendering = expression ? evaluate(expression) : { ok: true, text: phone ?? '' };
	const country = order?.delivery?.country ?? order?.billing?.country ?? settings.country;
	const reading = text.ok ? readPhone(text.text, country) : text;
	if (reading.ok) return { ok: true, value: reading.e164 };
	return {
		ok: false,
		reason: `no number to send to: ${reading.reason}. ${mend}${mapping.to ? " or 'to' in the mapping" : ''}, then replay`,
	};
}

function variablesOf(
	mapping: Mapping,
	evaluate: (expression: Expression) => Rendering,
	{ event }: PlanContext,
): Try<Record<string, string>> {
	const values: Record<string, string> = {};
	for (const { key, text } of mapping.variables) {
		const rendering = evaluate(text);
		const value = rendering.ok ? cleanValue(rendering.text) : undefined;
		if (value === undefined) {
			const cause = rendering.ok ? `${text.source} gives nothing` : rendering.reason;
			const what = rendering.ok || cause.endsWith('is missing') ? 'is empty' : 'cannot be written';
			return {
				ok: false,
				reason: `variable ${key} of '${mapping.template}' ${what}: ${cause}. Add a default to the mapping or mend ${sourceOfData(event.name)}, then replay`,
			};
		}
		values[key] = value;
	}
	const length = Object.values(values).reduce((total, value) => total + value.length, 0);
	if (length <= LONGEST_BODY) return { ok: true, value: values };
	return {
		ok: false,
		reason: `the values of '${mapping.template}' have ${length} characters together, and WhatsApp takes ${LONGEST_BODY} in a message. Shorten them in the mapping, such as with | truncate: 60, then replay`,
	};
}

function headerOf(
	{ header, template }: Mapping,
	evaluate: (expression: Expression) => Rendering,
): Try<PlannedMessage['header']> {
	if (!header || 'document' in header) return { ok: true, value: header };
	const url = evaluate(header.url);
	if (url.ok && /^https?:\/\/\S+$/.test(url.text.trim())) return { ok: true, value: { url: url.text.trim() } };
	return {
		ok: false,
		reason: `the header of '${template}' has no link: ${url.ok ? `${header.url.source} gives none` : url.reason}. Mend the mapping or the order, then replay`,
	};
}

/** As the source names it: "en-IN"; undefined when it does not. */
export function languageSpoken(
	{ language: { from } }: Mapping,
	context: PlanContext,
	view: object,
	settings: PlanSettings,
): string | undefined {
	const spoken = from ? render(from, view, surroundingsOf(context, settings, 'en')) : undefined;
	return spoken?.ok && spoken.text !== '' ? spoken.text : context.order?.language;
}

export const surroundingsOf = (
	{ now }: PlanContext,
	{ timezone, country }: PlanSettings,
	locale: string,
): Surroundings => ({
	locale,
	timezone,
	now,
	...(country === undefined ? {} : { country }),
});

function draftOf(
	mapping: Mapping,
	context: PlanContext,
	settings: PlanSettings,
	language: string,
	to: string | undefined,
): Draft {
	const key = onceKey(mapping, context, to, settings);
	return {
		mapping: mapping.name,
		template: mapping.template,
		language,
		...(to === undefined ? {} : { to }),
		...(mapping.header && 'document' in mapping.header ? { header: mapping.header } : {}),
		...(mapping.sender === undefined ? {} : { sender: mapping.sender }),
		...(key === undefined ? {} : { onceKey: key }),
		...timingOf(mapping, context, to, settings),
	};
}

const sourceOfData = (event: string): string =>
	event === 'sheet.row' ? 'the row' : event.startsWith('calendar.') ? 'the appointment' : 'the order';
