import { chooseLanguage, localeFor } from './choose-language';
import { cleanValue } from './clean-value';
import { missingIn } from './liquid/missing';
import { render } from './liquid/render';
import type { Mapping } from './mapping';
import { languageSpoken, type PlanContext, type PlanSettings, surroundingsOf } from './plan';
import { viewOf } from './view';

/** How the values of a message came about: for a person who looks before anything is sent. */
export interface Explanation {
	variables: ExplainedVariable[];
	/** Why the language is the mapping's fallback; undefined when it is the one that was spoken. */
	languageFallback?: string;
}
export interface ExplainedVariable {
	key: string;
	/** As the mapping writes it. */
	source: string;
	/** Undefined when there is none: then `problem` says why. */
	value?: string;
	problem?: string;
	/** Fields that were read and say nothing. */
	missing: string[];
	/** What a default of the mapping put in their place; undefined when none had to. */
	fallback?: string;
}

/** Every variable of a mapping on one event, also those after the first that has no value. Renders; sends and stores nothing. */
export function explainMessage(mapping: Mapping, context: PlanContext, settings: PlanSettings): Explanation {
	const view = viewOf(context);
	const said = languageSpoken(mapping, context, view, settings);
	const spoken = said ?? mapping.language.fallback;
	const language = chooseLanguage(mapping.language, spoken, settings.approvedLanguages?.(mapping.template));
	const surroundings = surroundingsOf(context, settings, localeFor(language, spoken));
	const variables = mapping.variables.map(({ key, text }): ExplainedVariable => {
		let fallback: string | undefined;
		const onDefault = (value: unknown) => {
			fallback = String(value ?? '');
		};
		const rendering = render(text, view, { ...surroundings, onDefault });
		const value = rendering.ok ? cleanValue(rendering.text) : undefined;
		const missing = fallback !== undefined || value === undefined ? missingIn(text, view) : [];
		return {
			key,
			source: text.source,
			missing,
			...(value === undefined ? { problem: rendering.ok ? 'gives nothing' : rendering.reason } : { value }),
			...(fallback === undefined || value === undefined ? {} : { fallback }),
		};
	});
	const languageFallback = whyFallback(mapping, said, language);
	return { variables, ...(languageFallback === undefined ? {} : { languageFallback }) };
}

function whyFallback({ language: choice, template }: Mapping, said: string | undefined, chosen: string) {
	if (choice.from === undefined || chosen !== choice.fallback) return undefined;
	if (said === undefined) return `no language is known, so it is ${chosen}`;
	const base = (code: string) => code.trim().split(/[-_]/)[0]?.toLowerCase();
	return base(said) === base(chosen) ? undefined : `'${template}' is not there in '${said}', so it is ${chosen}`;
}
