/** What an error says, in words; anything else that was thrown, as text. Not by `instanceof`: errors of other realms have another class. */
export const reasonOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
