import { mask } from '../../phone';
import type { DryMessage, DryRun, Verdict } from './run';

export interface Shown extends DryRun {
	/** "the last 50 orders of acme" */
	title: string;
	/** Why the templates are not known. */
	templatesUnknown?: string;
	showNumbers: boolean;
	/** IANA name: how times are shown. */
	timezone: string;
}

const MARKS: Record<Verdict, string> = { sent: '✓', refused: '✗', held: '✗', skipped: '–' };
const WORDS: Record<Verdict, string> = {
	sent: 'would be sent',
	refused: 'would be refused by WhatsApp',
	held: 'would be held for you',
	skipped: 'would be skipped',
};

/** Numbers are shown masked unless asked for, in texts too. */
export const shownNumber = (to: string | undefined, showNumbers: boolean): string =>
	to === undefined ? 'no number' : showNumbers ? to : mask(to);

/** Each message as it would be sent, by what it is about; then what a person has to know of all of them. */
export function showDryRun(shown: Shown): string {
	const { title, messages, silent, templatesUnknown } = shown;
	const lines = [`Dry run: ${title}. Nothing is sent, nothing is stored. Times of ${shown.timezone}.`];
	if (templatesUnknown !== undefined) lines.push('', `! What WhatsApp would refuse is not known: ${templatesUnknown}`);
	for (const [about, group] of Map.groupBy(messages, (message) => message.about)) {
		lines.push('', about);
		for (const message of group) lines.push(...showMessage(message, shown));
	}
	lines.push('', ...summary(messages, silent));
	return lines.join('\n');
}

function showMessage(message: DryMessage, { showNumbers, timezone }: Shown): string[] {
	const clock = (time: Date): string => clockIn(time, timezone);
	const { verdict, mapping, template, language, to, variables, header, event, occurredAt, dueAt, reason } = message;
	const when = occurredAt === undefined ? '' : `  ${clock(occurredAt)}`;
	const lines = [
		`  ${MARKS[verdict]} ${mapping}  ${WORDS[verdict]}`,
		`      ${event ?? ''}${when}  →  ${template}${language === undefined ? '' : ` (${language})`} to ${shownNumber(to, showNumbers)}`,
	];
	if (reason !== undefined) lines.push(...folded('why', reason));
	// Of what is skipped on purpose the values say nothing that anyone has to mend.
	if (verdict !== 'skipped')
		for (const { key, value, problem, fallback, missing } of variables) {
			lines.push(...folded(`{{${key}}}`, value ?? `✗ ${problem ?? 'gives nothing'}`));
			if (fallback !== undefined)
				lines.push(
					...folded(
						'',
						`↳ the default: ${missing.length > 0 ? `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing` : 'nothing was given'}`,
					),
				);
		}
	if (message.languageFallback !== undefined) lines.push(...folded('language', message.languageFallback));
	if (header && verdict !== 'skipped')
		lines.push(...folded('header', 'document' in header ? `${header.document} (PDF)` : header.url));
	if (occurredAt && dueAt.getTime() - occurredAt.getTime() > 60_000 && verdict === 'sent')
		lines.push(...folded('goes out', clock(dueAt)));
	return lines;
}

function summary(messages: readonly DryMessage[], silent: DryRun['silent']): string[] {
	const of = (verdict: Verdict) => messages.filter((message) => message.verdict === verdict).length;
	const counts = (['sent', 'held', 'refused', 'skipped'] as const).flatMap((verdict) =>
		of(verdict) === 0 && verdict !== 'sent' ? [] : [`${of(verdict)} ${WORDS[verdict]}`],
	);
	const lines = [`${messages.length} ${messages.length === 1 ? 'message' : 'messages'}: ${counts.join(', ')}.`];
	const fallbacks = tally(
		messages.flatMap(({ mapping, variables, languageFallback, verdict }) =>
			verdict === 'skipped'
				? []
				: [
						...variables.flatMap(({ key, fallback }) =>
							fallback === undefined ? [] : [`${mapping}: the default of {{${key}}}`],
						),
						...(languageFallback === undefined ? [] : [`${mapping}: ${languageFallback}`]),
					],
		),
	);
	if (fallbacks.length > 0) lines.push('', 'Fallbacks', ...fallbacks);
	const mend = tally(
		messages.flatMap(({ verdict, reason = '' }) => (verdict === 'held' || verdict === 'refused' ? [reason] : [])),
	);
	if (mend.length > 0) lines.push('', 'To mend before you start', ...mend);
	const skipped = tally(
		messages.flatMap(({ verdict, mapping, reason = '' }) => (verdict === 'skipped' ? [`${mapping}: ${reason}`] : [])),
	);
	if (skipped.length > 0) lines.push('', 'Skipped', ...skipped);
	const none = tally(silent.map(({ event, reason }) => `${event}: ${reason}`));
	if (none.length > 0) lines.push('', 'Without a message', ...none);
	return lines;
}

/** The same text once, with how often it came, most often first. */
function tally(texts: readonly string[]): string[] {
	const counts = [...Map.groupBy(texts, (text) => text)].map(([text, all]) => ({ text, count: all.length }));
	return counts.toSorted((a, b) => b.count - a.count).flatMap(({ text, count }) => folded(`${count} ×`, text, 2));
}

const LABEL = 10;
const WIDTH = 96;

/** A label and its text, in lines of the terminal's usual width. */
function folded(label: string, text: string, indent = 6): string[] {
	const lines: string[] = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1) ?? '';
		if (line !== '' && line.length + word.length + 1 > WIDTH - LABEL - indent) lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return lines.map((line, index) =>
		`${' '.repeat(indent)}${(index === 0 ? label : '').padEnd(LABEL)}${line}`.trimEnd(),
	);
}

/** 2026-11-22 14:05; the Swedish way of writing is the one that sorts. */
const clockIn = (time: Date, timeZone: string): string =>
	new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(time);
