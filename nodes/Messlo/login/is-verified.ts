/** Whether a block of an event stream says that the user is verified; only the name of the event is published. */
export const isVerified = (block: string): boolean => /^event:\s*verified\s*$/m.test(block);
