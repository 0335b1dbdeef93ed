import { basename } from 'node:path';
import type { DomainEvent } from '../domain';
import type { Problem } from '../problem';
import { problemsOf } from '../yaml/problems-of';
import { readYaml, type Path } from '../yaml/read-yaml';
import { suggest } from '../yaml/nearest';
import { compileCondition, compileText, compileValue, type Compilation, type Expression } from './liquid/compile';
import type { Mapping } from './mapping';
import { mappingSchema, type MappingFile } from './mapping-schema';
import { vocabularyFor } from './vocabulary';

/** What the rest of the installation has, to check names against. Absent: not checked. */
export interface Surroundings {
	/** Names of document layouts. */
	layouts?: readonly string[];
	/** Ids of configured sources. */
	sources?: readonly string[];
}
export type MappingReading = { ok: true; mapping: Mapping } | { ok: false; problems: Problem[] };

const KINDS = ['shopify', 'woocommerce', 'google-sheets', 'google-calendar'];
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
	if (!parsed.success) return { ok: false, problems: problemsOf(yaml, parsed.error, EXAMPLE) };

	const problems: Problem[] = [];
	const note = (path: Path, message: string, fix: string) => problems.push(yaml.problemAt(path, message, fix));
	const compiled = (path: Path, compilation: Compilation): Expression => {
		if (compilation.ok) return compilation.expression;
		for (const { message, fix } of compilation.faults) note(path, message, fix);
		return { source: '', templates: [] };
	};
	checkNumbering(parsed.data.variables, note);
	checkNames(parsed.data, surroundings, note);
	const mapping = build(file, parsed.data, compiled);
	return problems.length > 0
		? { ok: false, problems: problems.sort((a, b) => a.line - b.line) }
		: { ok: true, mapping };
}

type Note = (path: Path, message: string, fix: string) => void;

function checkNumbering(variables: MappingFile['variables'], note: Note): void {
	const keys = Object.keys(variables);
	for (const [index, key] of keys.toSorted((a, b) => Number(a) - Number(b)).entries()) {
		if (key === String(index + 1)) continue;
		note(
			['variables', key],
			`variable '${key}' stands where '${index + 1}' is expected`,
			'number the variables "1", "2", "3" … without a gap',
		);
		return;
	}
}

function checkNames(
	{ header, sources, on, to }: MappingFile,
	{ layouts, sources: ids }: Surroundings,
	note: Note,
): void {
	if (header?.document !== undefined && layouts && !layouts.includes(header.document))
		note(
			['header', 'document'],
			`there is no layout '${header.document}'`,
			layouts.length > 0 ? suggest(header.document, layouts) : 'add a folder of that name to templates/documents',
		);
	const known = [...KINDS, ...(ids ?? [])];
	sources?.forEach((source, index) => {
		if (ids && !known.includes(source))
			note(['sources', index], `there is no source '${source}'`, suggest(source, known));
	});
	const strangers = on.filter((name) => name === 'sheet.row' || name.startsWith('calendar.'));
	if (to === undefined && strangers[0] !== undefined)
		note(
			['on'],
			`${strangers[0]} brings no order whose number could be taken`,
			'add to: with the number, such as to: "{{ row.Phone | phone }}"',
		);
}

function build(
	file: string,
	data: MappingFile,
	compiled: (path: Path, compilation: Compilation) => Expression,
): Mapping {
	const events = data.on as DomainEvent[];
	const names = vocabularyFor(events);
	const {
		description,
		enabled,
		sources,
		when,
		to,
		template,
		language,
		variables,
		header,
		sender,
		delay,
		expires,
		quietHours,
		consent,
		once,
	} = data;
	const hasOrder = 'order' in names;
	const from = language.from ?? (language.fixed || !hasOrder ? undefined : 'order.language');
	return {
		name: basename(file, '.yaml'),
		file,
		...(description === undefined ? {} : { description }),
		enabled,
		on: events,
		...(sources === undefined ? {} : { sources }),
		...(when === undefined ? {} : { when: compiled(['when'], compileCondition(when, names)) }),
		...(to === undefined ? {} : { to: compiled(['to'], compileText(to, names)) }),
		template,
		language: {
			...(from === undefined ? {} : { from: compiled(['language', 'from'], compileValue(from, names)) }),
			fallback: language.fallback,
			use: language.use,
		},
		variables: Object.keys(variables)
			.toSorted((a, b) => Number(a) - Number(b))
			.map((key) => ({ key, text: compiled(['variables', key], compileText(variables[key] ?? '', names)) })),
		...(header?.document === undefined ? {} : { header: { document: header.document } }),
		...(header?.url === undefined
			? {}
			: { header: { url: compiled(['header', 'url'], compileText(header.url, names)) } }),
		...(sender === undefined ? {} : { sender }),
		delay,
		...(expires === undefined ? {} : { expires }),
		...(quietHours === undefined ? {} : { quietHours }),
		...(consent === undefined ? {} : { consent: compiled(['consent'], compileCondition(consent, names)) }),
		...(once === undefined ? {} : { once }),
	};
}
