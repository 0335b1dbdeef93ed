/** A chapter of the page. */
export interface Part {
	title: string;
	/** Markdown. */
	text: string;
	/** SVG. */
	picture: string;
}

/** 4211.3 → "4,210": three digits, as more are noise. */
export const shown = (value: number): string =>
	Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 4 });

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const toneOf = (side: string): 'sqlite' | 'postgres' | 'other' =>
	side === 'SQLite' || side === 'bridge' ? 'sqlite' : side === 'PostgreSQL' ? 'postgres' : 'other';
