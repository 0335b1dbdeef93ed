/** Where the file of a message is served. */
export const mediaPath = (messageId: string): string => `/__sandbox/messages/${messageId}/media`;
