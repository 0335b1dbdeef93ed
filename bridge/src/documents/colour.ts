type Rgb = [number, number, number];

/** The company's colour as an invoice needs it: as fill, as text on white, and what is readable on the fill. */
export interface Palette {
	accent: string;
	/** The accent, darkened where needed until it reads on white (WCAG contrast of 4.5). */
	text: string;
	/** White or near-black, whichever reads better on the accent. */
	onAccent: string;
	/** A breath of the accent, for the background of a block. */
	tint: string;
}

const INK = '#111827';
const DEFAULT = '#1f3a5f';

export function palette(colour: string = DEFAULT): Palette {
	const accent = parse(colour) ?? parse(DEFAULT) ?? [0, 0, 0];
	const ink = parse(INK) ?? [0, 0, 0];
	let text = accent;
	while (contrast(text, [255, 255, 255]) < 4.5) text = mix(text, [0, 0, 0], 0.08);
	return {
		accent: hex(accent),
		text: hex(text),
		onAccent: contrast(accent, [255, 255, 255]) >= contrast(accent, ink) ? '#ffffff' : INK,
		tint: hex(mix(accent, [255, 255, 255], 0.93)),
	};
}

/** "#0a7cff" or "#07f"; undefined for anything else. */
export function parse(colour: string): Rgb | undefined {
	const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
	const digits = short ? short.slice(1).flatMap((digit) => digit + digit) : /^#(..)(..)(..)$/.exec(colour)?.slice(1);
	const [red, green, blue] = (digits ?? []).map((pair) => (/^[0-9a-f]{2}$/i.test(pair) ? parseInt(pair, 16) : NaN));
	if (red === undefined || green === undefined || blue === undefined) return undefined;
	return Number.isNaN(red + green + blue) ? undefined : [red, green, blue];
}

const hex = (colour: Rgb): string =>
	'#' + colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('');
const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
	a[0] + (b[0] - a[0]) * share,
	a[1] + (b[1] - a[1]) * share,
	a[2] + (b[2] - a[2]) * share,
];

function contrast(a: Rgb, b: Rgb): number {
	const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminance([red, green, blue]: Rgb): number {
	const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
