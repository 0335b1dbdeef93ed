/** Where the file of a message is served, or that of one of its cards. */
export const mediaPath = (messageId: string, card?: number): string =>
	`/__sandbox/messages/${messageId}${card === undefined ? '' : `/cards/${card}`}/media`;
