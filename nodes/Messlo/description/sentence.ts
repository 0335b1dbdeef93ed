/** Help as n8n writes it: one sentence has no full stop, several have. */
export const sentence = (...parts: string[]): string => {
	const text = parts.map((part) => part.replace(/\.$/, '')).join('. ');
	return /[.!?] /.test(text) ? `${text}.` : text;
};
