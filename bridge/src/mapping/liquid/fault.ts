/** A filter could not do its work on this value; the text is for the merchant. */
export class FilterFault extends Error {}

/** An output printed nothing. */
export class MissingValue extends Error {
	constructor(readonly field: string) {
		super(`${field} is missing`);
	}
}

/** Why a render failed, in a merchant's words. */
export function faultOf(error: unknown): string {
	for (let cause: unknown = error; cause instanceof Error; cause = Reflect.get(cause, 'originalError')) {
		if (cause instanceof FilterFault || cause instanceof MissingValue) return cause.message;
		const field: unknown = Reflect.get(cause, 'variableName');
		if (typeof field === 'string') return `${field} is missing`;
		if (/limit exceeded|Invalid (array|string) length/.test(cause.message))
			return 'the expression takes too long or too much memory';
	}
	return error instanceof Error ? (error.message.split('\n')[0] ?? 'unknown fault') : 'unknown fault';
}

/** The render was broken off since it had lasted too long. */
export const isOutOfTime = (error: unknown): boolean =>
	error instanceof Error && error.message.includes('render limit exceeded');
