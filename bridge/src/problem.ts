/** Something wrong in a file that a person wrote: where it is, what it is, what to do. */
export interface Problem {
	file: string;
	/** From 1. */
	line: number;
	column?: number;
	/** Where in the file's structure: "sources[0].secrets". */
	path: string;
	message: string;
	fix: string;
}

/** One problem a paragraph, `file:line:column` first, so that terminals and editors can jump to it. */
export const formatProblems = (problems: readonly Problem[]): string =>
	problems
		.map(({ file, line, column, path, message, fix }) => {
			const where = `${file}:${line}${column === undefined ? '' : `:${column}`}`;
			return `${where}  ${path === '' ? '' : `${path}: `}${message}\n    fix: ${fix}`;
		})
		.join('\n');
