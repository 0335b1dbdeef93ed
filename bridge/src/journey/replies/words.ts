export type Word = 'stop' | 'start';

/**
 * A message without its case, accents, punctuation and emojis. Vowel signs of Indian scripts stay: they are no accents,
 * and words differ by them.
 */
export const bare = (text: string): string =>
	text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}])\p{Mn}+/gu, '$1')
		.replace(/[\p{Cf}\u0640]/gu, '')
		.normalize('NFC')
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim();

/** Says of a whole message whether it ends or allows messages, and in which of the words of the configuration. */
export function wordReader(
	lists: Record<Word, readonly string[]>,
): (text: string) => { word: Word; said: string } | undefined {
	const known = new Map<string, { word: Word; said: string }>();
	// What stands in both lists ends them: the safer of the two.
	for (const word of ['start', 'stop'] as const)
		for (const said of lists[word]) if (bare(said) !== '') known.set(bare(said), { word, said });
	return (text) => (text.length > 100 ? undefined : known.get(bare(text)));
}
