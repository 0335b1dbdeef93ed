import { basename } from 'node:path';
import { DOMAIN_EVENTS, type DomainEvent } from '../domain';
import type { Problem } from '../problem';
import { problemsOf } from '../yaml/problems-of';
import { readYaml, type Path } from '../yaml/read-yaml';
import { checkNames, type Surroundings } from './check-names';
import { compileCondition, compileText, compileValue, type Compilation, type Expression } from './liquid/compile';
import type { Mapping } from './mapping';
import { mappingSchema, type MappingFile } from './mapping-schema';
import { vocabularyFor, type Vocabulary } from './vocabulary';

export type { Surroundings } from './check-names';
export type MappingReading = { ok: true; mapping: Mapping } | { ok: false; problems: Problem[] };

const EXAMPLE = 'templates/messages/order-confirmation.yaml';

/** Reads the text of a mapping file and parses every expression in it; every problem at once. */
export function readMapping(file: string, text: string, surroundings: Surroundings = {}): MappingReading {
	const yaml = readYaml(file, text);
	if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems };
	if (yaml.value === null || typeof yaml.value !== 'object' || Array.isArray(yaml.value))
		return {
			ok: false,
			problems: [
				yaml.problemAt([], 'is not a mapping', `begin with the keys 'on:' and 'template:', as ${EXAMPLE} does`),
			],
		};

	const parsed = mappingSchema.safeParse(yaml.value);
	const problems: Problem[] = parsed.success ? [] : problemsOf(yaml, parsed.error, EXAMPLE);
	const note = (path: Path, message: string, fix: string) => problems.push(yaml.problemAt(path, message, fix));
	const compile = (path: Path, compilation: Compilation): Expression => {
		if (compilation.ok) return compilation.expression;
		for (const { message, fix } of compilation.faults) note(path, message, fix);
		return { source: '', templates: [] };
	};
	const written = expressionsIn(yaml.value);
	const vocabulary = vocabularyFor(eventsIn(yaml.value));
	const compiled = new Map(
		written.map(({ path, kind, source }) => [path.join('.'), compile(path, COMPILERS[kind](source, vocabulary))]),
	);
	if (parsed.success) checkNames(parsed.data, surroundings, note);
	if (!parsed.success || problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
	return { ok: true, mapping: build(file, parsed.data, compiled) };
}

const COMPILERS = { text: compileText, condition: compileCondition, value: compileValue };
interface Written {
	path: string[];
	kind: keyof typeof COMPILERS;
	source: string;
}

/** Every expression of the file, found also where the rest of the file is wrong. */
function expressionsIn(value: object): Written[] {
	const at = (kind: Written['kind'], ...path: string[]): Written[] => {
		const found = path.reduce<unknown>(
			(parent, key) => (parent !== null && typeof parent === 'object' ? Reflect.get(parent, key) : undefined),
			value,
		);
		const text = typeof found === 'number' ? String(found) : found;
		return typeof text === 'string' && text.trim() !== '' ? [{ path, kind, source: text.trim() }] : [];
	};
	const variables: unknown = Reflect.get(value, 'variables');
	return [
		...at('condition', 'when'),
		...at('condition', 'consent'),
		...at('text', 'to'),
		...at('value', 'language', 'from'),
		...Object.keys(Object(variables)).flatMap((key) => at('text', 'variables', key)),
		...at('text', 'header', 'url'),
	];
}

/** The events that the file names; all, where none of its names is one. */
function eventsIn(value: object): readonly DomainEvent[] {
	const on = [Reflect.get(value, 'on')].flat();
	const known = DOMAIN_EVENTS.filter((name) => on.includes(name));
	return known.length > 0 ? known : DOMAIN_EVENTS;
}

function build(file: string, data: MappingFile, compiled: ReadonlyMap<string, Expression>): Mapping {
	const {
		description,
		enabled,
		sources,
		template,
		language,
		variables,
		header,
		sender,
		delay,
		expires,
		quietHours,
		once,
	} = data;
	const on = data.on as DomainEvent[];
	const when = compiled.get('when');
	const to = compiled.get('to');
	const consent = compiled.get('consent');
	const from = compiled.get('language.from') ?? (language.fixed ? undefined : defaultLanguage(vocabularyFor(on)));
	const url = compiled.get('header.url');
	return {
		name: basename(file, '.yaml'),
		file,
		...(description === undefined ? {} : { description }),
		enabled,
		on,
		...(sources === undefined ? {} : { sources }),
		...(when ? { when } : {}),
		...(to ? { to } : {}),
		template,
		language: { ...(from ? { from } : {}), fallback: language.fallback, use: language.use },
		variables: Object.keys(variables)
			.toSorted((a, b) => Number(a) - Number(b))
			.flatMap((key) => {
				const text = compiled.get(`variables.${key}`);
				return text ? [{ key, text }] : [];
			}),
		...(header?.document === undefined ? {} : { header: { document: header.document } }),
		...(url ? { header: { url } } : {}),
		...(sender === undefined ? {} : { sender }),
		delay,
		...(expires === undefined ? {} : { expires }),
		...(quietHours === undefined ? {} : { quietHours }),
		...(consent ? { consent } : {}),
		...(once === undefined ? {} : { once }),
	};
}

/** Where no place is named, an order's language is the order's. */
function defaultLanguage(vocabulary: Vocabulary): Expression | undefined {
	const compilation = compileValue('order.language', vocabulary);
	return compilation.ok ? compilation.expression : undefined;
}
