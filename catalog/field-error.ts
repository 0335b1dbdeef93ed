/** A value that the operation cannot take: names the operation and the field, says what is expected. */
export class FieldError extends Error {
	override name = 'FieldError';
	readonly operation: string;
	/** With its place inside a list or object: `buttons.0.text`. */
	readonly field: string;
	/** The sentence after the field's name: "must be a number". */
	readonly expected: string;

	constructor(operation: string, field: string, expected: string) {
		super(`${operation}: '${field}' ${expected}`);
		this.operation = operation;
		this.field = field;
		this.expected = expected;
	}
}
