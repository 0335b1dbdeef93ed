/** Horizontal bars as SVG text, for both a light and a dark page: it brings its own ground, and follows the reader's setting. */

export interface Bar {
	label: string;
	value: number;
	/** What stands at its end: "4,210 /s". */
	text: string;
	/** The bridge on SQLite and on PostgreSQL; what it is compared with. */
	tone: 'sqlite' | 'postgres' | 'other';
	/** Where the goal stands on this bar's scale. */
	goal?: number;
}
export interface Panel {
	title: string;
	/** One line beneath, such as "less is better". */
	note?: string;
	bars: Bar[];
}

const WIDTH = 860;
const [LEFT, RIGHT] = [268, 720];
const ROW = 27;
const STYLE = `
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:#1f2d33}
.ground{fill:#fff;stroke:#d5dde0}.muted{fill:#53656e}.track{fill:#eef2f3}
.sqlite{fill:#128c5e}.postgres{fill:#336fb0}.other{fill:#98a5ab}.goal{stroke:#c2410c;stroke-width:2.5}
@media (prefers-color-scheme:dark){text{fill:#e6edf0}.ground{fill:#14191c;stroke:#2c373c}.muted{fill:#a3b3ba}.track{fill:#20282c}
.sqlite{fill:#2fbf86}.postgres{fill:#6aa7ea}.other{fill:#78868d}.goal{stroke:#fb9a55}}`;

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const TONES = { sqlite: 'bridge on SQLite', postgres: 'bridge on PostgreSQL', other: 'compared with' };

/** One picture; each panel has a scale of its own, from 0. */
export function chart(title: string, panels: readonly Panel[], tones: Partial<typeof TONES> = {}): string {
	const names = { ...TONES, ...tones };
	const parts: string[] = [];
	let y = 62;
	for (const { title: heading, note, bars } of panels) {
		y += 26;
		parts.push(`<text x="24" y="${y}" font-size="15" font-weight="600">${escaped(heading)}</text>`);
		if (note !== undefined) {
			y += 18;
			parts.push(`<text class="muted" x="24" y="${y}" font-size="12.5">${escaped(note)}</text>`);
		}
		y += 10;
		const most = Math.max(...bars.flatMap(({ value, goal = 0 }) => [value, goal])) || 1;
		const at = (value: number) => ((RIGHT - LEFT) * value) / most;
		for (const { label, value, text, tone, goal } of bars) {
			const middle = y + ROW / 2;
			const length = Math.max(value > 0 ? 2 : 0, at(value));
			parts.push(
				`<text x="${LEFT - 12}" y="${middle + 4.5}" font-size="13" text-anchor="end">${escaped(label)}</text>`,
				`<rect class="track" x="${LEFT}" y="${y + 4}" width="${RIGHT - LEFT}" height="${ROW - 8}" rx="3"/>`,
				`<rect class="${tone}" x="${LEFT}" y="${y + 4}" width="${length.toFixed(1)}" height="${ROW - 8}" rx="3"/>`,
				`<text x="${RIGHT + 12}" y="${middle + 4.5}" font-size="13" font-weight="600">${escaped(text)}</text>`,
			);
			if (goal !== undefined) {
				const x = (LEFT + at(goal)).toFixed(1);
				parts.push(`<line class="goal" x1="${x}" x2="${x}" y1="${y + 1}" y2="${y + ROW - 1}"/>`);
			}
			y += ROW;
		}
		y += 8;
	}
	const height = y + 14;
	const used = (['sqlite', 'postgres', 'other'] as const).filter((tone) =>
		panels.some(({ bars }) => bars.some((bar) => bar.tone === tone)),
	);
	let x = 24;
	const legend = used.map((tone) => {
		const text = `<rect class="${tone}" x="${x}" y="47" width="12" height="12" rx="2"/><text class="muted" x="${x + 18}" y="57.5" font-size="12.5">${escaped(names[tone])}</text>`;
		x += 40 + names[tone].length * 6.3;
		return text;
	});
	if (panels.some(({ bars }) => bars.some(({ goal }) => goal !== undefined)))
		legend.push(
			`<line class="goal" x1="${x + 5}" x2="${x + 5}" y1="45" y2="61"/><text class="muted" x="${x + 16}" y="57.5" font-size="12.5">goal</text>`,
		);
	const told = panels.map(
		({ title: heading, bars }) => `${heading}: ${bars.map((bar) => `${bar.label} ${bar.text}`).join('; ')}.`,
	);
	return `<!-- Made by "npm run bench". -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t d">
<title id="t">${escaped(title)}</title>
<desc id="d">${escaped(told.join(' '))}</desc>
<style>${STYLE}</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="14"/>
<text x="24" y="32" font-size="18" font-weight="650">${escaped(title)}</text>
${[...legend, ...parts].join('\n')}
</svg>
`;
}
