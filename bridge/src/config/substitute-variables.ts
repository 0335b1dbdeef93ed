import type { Substitute } from '../yaml/read-yaml';
import type { Variables } from './environment';

const REFERENCE = /\$?\$\{([^}]*)\}/g;

/**
 * Puts the values of environment variables in for `${NAME}` and `${NAME:-default}`. As in a shell, an empty variable
 * counts as unset. `$${NAME}` stands for itself.
 */
export const substituteVariables =
	(variables: Variables): Substitute =>
	(text) => {
		const problems: { message: string; fix: string }[] = [];
		const substituted = text.replace(REFERENCE, (reference: string, inner: string) => {
			if (reference.startsWith('$$')) return reference.slice(1);
			const [, name, fallback] = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/.exec(inner) ?? [];
			if (name === undefined) {
				problems.push({
					message: `'${reference}' is not a variable`,
					fix: 'write ${NAME} or ${NAME:-default}; $${ stands for ${ itself',
				});
				return reference;
			}
			const value = variables[name] || fallback;
			if (value !== undefined) return value;
			problems.push({
				message: `the environment variable ${name} is ${variables[name] === '' ? 'empty' : 'not set'}`,
				fix: `set ${name} before starting, or write a default: \${${name}:-…}`,
			});
			return '';
		});
		return { text: substituted, problems };
	};
