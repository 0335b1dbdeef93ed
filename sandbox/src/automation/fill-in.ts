const VARIABLE = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Parameters of a node with flow variables in all their texts; JSON as text stays JSON, whatever a value holds. */
export function fillIn<Value>(value: Value, variables: Record<string, string>): Value {
	return fill(value, variables) as Value;
}

function fill(value: unknown, variables: Record<string, string>): unknown {
	if (typeof value === 'string') return fillText(value, variables);
	if (Array.isArray(value)) return value.map((one) => fill(one, variables));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, variables)]));
}

function fillText(text: string, variables: Record<string, string>): string {
	try {
		const parsed: unknown = JSON.parse(text);
		if (typeof parsed === 'object' && parsed !== null) return JSON.stringify(fill(parsed, variables));
	} catch {
		// Not JSON: an ordinary text.
	}
	return text.replace(VARIABLE, (whole, name: string) => variables[name] ?? whole);
}
