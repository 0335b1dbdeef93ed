const NAMED: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	times: '×',
	deg: '°',
	reg: '®',
	copy: '©',
	trade: '™',
	euro: '€',
	pound: '£',
	bull: '•',
	middot: '·',
};

/** Names in WordPress may be HTML: "Ship Your Idea &ndash; <b>Black</b>" → "Ship Your Idea – Black". Undefined when nothing is left. */
export const plainText = (html: string | undefined): string | undefined =>
	html
		?.replace(/<\/?[a-z][^<>]*>/gi, ' ')
		.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, decode)
		.replace(/\s+/g, ' ')
		.trim() || undefined;

function decode(entity: string, decimal?: string, hex?: string, name?: string): string {
	if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
	const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
	const isText = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
	return isText ? String.fromCodePoint(code) : entity;
}
