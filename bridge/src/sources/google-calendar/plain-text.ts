const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * Calendar's editor writes descriptions as HTML once they were formatted: "Call <b>+91…</b><br>Cut &amp; colour".
 * Text without tags and entities comes back as it is.
 */
export function plainText(html: string): string {
	return html
		.replace(/(?:\s*<\/?(?:br|p|div|li|ul|ol)(?:\s[^<>]*)?\/?>\s*)+/gi, '\n')
		.replace(/<\/?[a-z][^<>]*>/gi, '')
		.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => characterOf(name) ?? whole)
		.trim();
}

function characterOf(name: string): string | undefined {
	if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
	const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
