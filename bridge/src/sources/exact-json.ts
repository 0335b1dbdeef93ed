/** Sixteen characters of digits and points: the shortest number that a double may not hold. */
const MAY_LOSE_DIGITS = /\d[\d.]{15}/;
const HELD_EXACTLY = 15;

/**
 * JSON.parse that keeps every digit: a number that a double cannot hold becomes its text ("820982911946154508").
 * The reviver costs some eight times the plain parse, so it runs only where the text has a number that long.
 * Throws SyntaxError like JSON.parse.
 */
export function parseExact(json: string): unknown {
	if (!MAY_LOSE_DIGITS.test(json)) return JSON.parse(json);
	return JSON.parse(json, keepDigits as (key: string, value: unknown) => unknown);
}

const read = new WeakMap<Buffer, unknown>();

/** Of a body, as parseExact: each is parsed once, however many ask what it says. Bytes that are not UTF-8 become U+FFFD. */
export function parseBody(body: Buffer): unknown {
	if (!read.has(body)) read.set(body, parseExact(body.toString('utf8')));
	return read.get(body);
}

/** `context.source` is the number as written: ES2026, in Node since 21; TypeScript's lib does not know it yet. */
function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
	if (typeof value !== 'number' || context.source === undefined) return value;
	// 4e+116 is an integer too, and no id.
	const isCount = Number.isInteger(value) && !/e/i.test(context.source);
	const isHeld = isCount ? Number.isSafeInteger(value) : String(value) === context.source;
	return isHeld || context.source.length <= HELD_EXACTLY ? value : context.source;
}
