const ERROR = 1;
const TRACE = 4;

interface Diagnostic {
	message: string;
	path: string;
	severity: number;
	line: number | undefined;
}

/** The compiler's complaint with the file and line to look at. Its own errors have empty messages. */
export function layoutFault(diagnostics: readonly unknown[], main: string): Error {
	const read = diagnostics.flatMap((raw) => parse(raw) ?? []);
	const errors = read.filter((diagnostic) => diagnostic.severity === ERROR);
	const traces = read.filter((diagnostic) => diagnostic.severity === TRACE);
	const said = errors.map((error) => {
		// What fails inside a function of Typst itself has no place of its own; the call that led there has.
		const place = error.line === undefined ? (traces.find((trace) => trace.line !== undefined) ?? error) : error;
		return `${place.path || main}${place.line === undefined ? '' : `:${place.line}`}: ${error.message}`;
	});
	const what = said.length > 0 ? said.join('\n') : `${main}: the layout could not be read.`;
	return new Error(
		`${what}\n    fix: correct the layout, or copy the folder 'invoice' afresh; then replay the message.`,
	);
}

function parse(raw: unknown): Diagnostic | undefined {
	if (!isObject(raw) || typeof raw.message !== 'string') return undefined;
	const start = isObject(raw.range) && isObject(raw.range.start) ? raw.range.start.line : undefined;
	return {
		message: raw.message,
		path: typeof raw.path === 'string' ? raw.path : '',
		severity: typeof raw.severity === 'number' ? raw.severity : ERROR,
		line: typeof start === 'number' ? start + 1 : undefined,
	};
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
