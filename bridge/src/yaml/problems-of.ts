import type { z } from 'zod';
import type { Problem } from '../problem';
import { suggest } from './nearest';
import { printPath, type Path, type YamlText } from './read-yaml';

/**
 * Turns zod's issues into problems with a place and a fix. Our schemas write their messages as "what is wrong → what to
 * do"; issues without such a message (a missing key, a wrong type, an unknown key) are worded here.
 */
export const problemsOf = (yaml: YamlText, error: z.ZodError, example: string): Problem[] =>
	error.issues.flatMap((issue) => problemsOfIssue(yaml, issue, example));

function problemsOfIssue(yaml: YamlText, issue: z.core.$ZodIssue, example: string): Problem[] {
	if (issue.code === 'unrecognized_keys') {
		const known = issue.message.split('|');
		return issue.keys.map((key) =>
			yaml.problemAt([...issue.path, key], `unknown key '${key}'`, suggest(key, known), 'key'),
		);
	}
	// A choice of forms: the one that fits best is the one that was meant.
	if (issue.code === 'invalid_union' && issue.errors.length > 0) {
		const closest = issue.errors.toSorted((a, b) => a.length - b.length)[0] ?? [];
		return closest.flatMap((inner) =>
			problemsOfIssue(yaml, { ...inner, path: [...issue.path, ...inner.path] }, example),
		);
	}
	if (issue.code === 'invalid_key')
		return issue.issues.flatMap((inner) => problemsOfIssue(yaml, { ...inner, path: [...issue.path] }, example));
	const last = issue.path.at(-1);
	if (issue.code === 'invalid_type' && valueAt(yaml.value, issue.path) === undefined) {
		const where = issue.path.length > 1 ? ` under '${printPath(issue.path.slice(0, -1))}'` : '';
		return [
			yaml.problemAt(
				issue.path,
				`'${String(last)}' is missing`,
				`add '${String(last)}:'${where}; ${example} shows every key`,
			),
		];
	}
	const [message = '', fix] = issue.message.split(' → ');
	if (fix !== undefined) return [yaml.problemAt(issue.path, message, fix)];
	if (issue.code === 'invalid_type') {
		const found = valueAt(yaml.value, issue.path);
		const advice =
			issue.expected === 'string' && typeof found === 'number'
				? `put it in quotes: "${found}"`
				: `write ${article(issue.expected)}`;
		return [yaml.problemAt(issue.path, `is ${describe(found)}, not ${article(issue.expected)}`, advice)];
	}
	return [yaml.problemAt(issue.path, message, `${example} shows what is possible`)];
}

const valueAt = (value: unknown, path: Path): unknown =>
	path.reduce<unknown>(
		(found, key) => (found === null || typeof found !== 'object' ? undefined : Reflect.get(found, key)),
		value,
	);

const WORDS: Record<string, string> = {
	string: 'text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	object: 'a group of keys',
	record: 'a group of keys',
	array: 'a list',
};
const article = (type: string): string => WORDS[type] ?? type;
const describe = (value: unknown): string =>
	value === null ? 'empty' : Array.isArray(value) ? 'a list' : (WORDS[typeof value] ?? typeof value);
