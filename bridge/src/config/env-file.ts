import { basename, dirname, extname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Variables } from './environment';

/** The file of secrets that belongs to a configuration: `messlo-bridge.env` beside `messlo-bridge.yaml`. */
export const envFileOf = (configFile: string): string =>
	join(dirname(configFile), `${basename(configFile, extname(configFile))}.env`);

/** The variables with those of a file of `NAME=value` lines; what is set already wins, and an empty one counts as unset. */
export function withEnvFile(variables: Variables, text: string): Variables {
	const set = Object.entries(variables).filter(([, value]) => value !== undefined && value !== '');
	return { ...parseEnv(text), ...Object.fromEntries(set) };
}

/** The text with these variables set: a line that is there is replaced, the others and every comment stay. */
export function setInEnvFile(text: string, values: Readonly<Record<string, string>>): string {
	const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
	for (const [name, value] of Object.entries(values)) {
		const line = `${name}=${quoted(name, value)}`;
		const at = lines.findIndex((each) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(each));
		if (at < 0) lines.push(line);
		else lines[at] = line;
	}
	return `${lines.join('\n')}\n`;
}

function quoted(name: string, value: string): string {
	if (/^[\w.:/@+=-]*$/.test(value)) return value;
	// Single quotes first: Docker Compose, which may read the same file, replaces $NAME between double ones.
	// Between double ones \n becomes a line break.
	const quote = ["'", '`', '"'].find((each) => !value.includes(each) && !(each === '"' && value.includes('\\')));
	if (quote === undefined || /[\r\n]/.test(value))
		throw new Error(`The value of ${name} has line breaks or every kind of quote. Set it in the environment yourself.`);
	return quote + value + quote;
}
