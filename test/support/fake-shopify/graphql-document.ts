/** A GraphQL document, as far as an Admin API client writes one. */
export type Value = null | string | number | boolean | Value[] | { [key: string]: Value };
type Given = Value | { variable: string };
type GivenArguments = Record<string, Given | Record<string, Given>>;

export interface Field {
	name: string;
	arguments: GivenArguments;
	selections: Selection[] | undefined;
}
export type Selection = Field | { spread: string } | { on: string; selections: Selection[] };
export interface Document {
	operation: 'query' | 'mutation';
	name: string;
	selections: Selection[];
	fragments: Map<string, { on: string; selections: Selection[] }>;
}

const TOKEN = /\s+|#[^\n]*|(\.\.\.|[{}()[\]:!$=,]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)/y;

/** Throws a syntax error as Shopify words it. */
export function parseDocument(text: string): Document {
	const tokens = tokensOf(text);
	let at = 0;
	const peek = () => tokens[at] ?? '';
	const take = (expected?: string): string => {
		const token = tokens[at++] ?? '';
		if (token === '' || (expected !== undefined && token !== expected))
			throw new Error(`Parse error: expected ${expected ?? 'something'}, found '${token}'`);
		return token;
	};
	const skipTo = (open: string, close: string) => {
		for (let depth = 0; ;) {
			const token = take();
			if (token === open) depth += 1;
			if (token === close && --depth === 0) return;
		}
	};

	function value(): Given {
		const token = take();
		if (token === '$') return { variable: take() };
		if (token.startsWith('"')) return JSON.parse(token) as string;
		if (token === 'true' || token === 'false') return token === 'true';
		if (token === 'null') return null;
		return /^-?\d/.test(token) ? Number(token) : token;
	}
	function args(): GivenArguments {
		const given: GivenArguments = {};
		if (peek() !== '(') return given;
		take('(');
		while (peek() !== ')') {
			const name = take();
			take(':');
			given[name] = value();
			if (peek() === ',') take();
		}
		take(')');
		return given;
	}
	function selections(): Selection[] {
		const found: Selection[] = [];
		take('{');
		while (peek() !== '}') {
			if (peek() !== '...') {
				const name = take();
				found.push({ name, arguments: args(), selections: peek() === '{' ? selections() : undefined });
				continue;
			}
			take('...');
			if (peek() === 'on') {
				take('on');
				found.push({ on: take(), selections: selections() });
			} else found.push({ spread: take() });
		}
		take('}');
		return found;
	}

	const document: Document = { operation: 'query', name: '', selections: [], fragments: new Map() };
	while (at < tokens.length) {
		const word = take();
		if (word === 'fragment') {
			const name = take();
			take('on');
			document.fragments.set(name, { on: take(), selections: selections() });
			continue;
		}
		if (word !== 'query' && word !== 'mutation') throw new Error(`Parse error: unexpected '${word}'`);
		document.operation = word;
		document.name = take();
		if (peek() === '(') skipTo('(', ')');
		document.selections = selections();
	}
	return document;
}

function tokensOf(text: string): string[] {
	const found: string[] = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.length) {
		const match = TOKEN.exec(text);
		if (!match) throw new Error('Parse error: unexpected character');
		if (match[1] !== undefined) found.push(match[1]);
	}
	return found;
}

/** The arguments of a field with the variables put in. */
export const argumentsOf = (field: Field, variables: Record<string, Value>): Record<string, Value> =>
	Object.fromEntries(
		Object.entries(field.arguments).map(([name, given]) => [
			name,
			typeof given === 'object' && given !== null && 'variable' in given
				? (variables[String(given.variable)] ?? null)
				: (given as Value),
		]),
	);
