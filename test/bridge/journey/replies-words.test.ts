import fc from 'fast-check';
import { readConfig } from '../../../bridge/src/config/read-config';
import { bare, wordReader } from '../../../bridge/src/journey/replies/words';

const reading = readConfig({
	file: 'test.yaml',
	text: `
messlo: { apiKey: k, sender: "911234567890" }
server: { adminToken: test-admin-token }
sources: [{ id: acme, kind: shopify, shop: acme.myshopify.com, secrets: [x] }]`,
	env: {},
});
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { stop, start } = reading.config.replies;
const wordOf = wordReader({ stop, start });
const LISTED = new Set([...stop, ...start].map(bare));

test.each([
	'STOP',
	'stop',
	' Stop! ',
	'“Stop.”',
	'STOP 🛑',
	'Stop\n',
	'ＳＴＯＰ',
	'S\u0301top',
	'Opt-out',
	'unsubscribe',
	'Stop promotions',
	'बंद करें',
	'बंद करें।',
	'PARE',
	'Sair',
	'cancelar inscricao',
	'No más mensajes',
	'no mas mensajes',
	'إيقاف',
	'ايقاف',
	'تَوَقَّف',
	'\u200fتوقف\u200f',
	'stopp',
	'Désabonner',
	'DESABONNER',
	'arret',
	'Berhenti',
	'Стоп',
])('%j ends messages', (text) => expect(wordOf(text)?.word).toBe('stop'));

test.each(['START', 'Start.', 'शुरू करें', 'Começar', 'comecar', "S'abonner", 'ابدأ', 'mulai', 'UNSTOP', 'opt in'])(
	'%j allows them again',
	(text) => expect(wordOf(text)?.word).toBe('start'),
);

test.each([
	'',
	'!',
	'🛑',
	'stop by the shop',
	'please stop',
	"don't stop",
	'non stop',
	'nonstop',
	'stops',
	'Cancel',
	'Cancel my order',
	'cancelar',
	'no',
	'yes',
	'when does the sale start?',
	'bus stop',
	'start stop',
	'बंद गला कोट',
	'आज दुकान बंद है',
	'do not unsubscribe me',
	's t o p',
	'stop123',
])('%j is mere talk', (text) => expect(wordOf(text)).toBeUndefined());

test('no listed word is in both lists, and each is read as what its list says', () => {
	expect(stop.map(bare).filter((word) => start.map(bare).includes(word))).toEqual([]);
	for (const word of stop) expect([word, wordOf(word)?.word]).toEqual([word, 'stop']);
	for (const word of start) expect([word, wordOf(word)?.word]).toEqual([word, 'start']);
});

const listed = fc.constantFrom(...stop, ...start);
const noise = fc.string({ unit: fc.constantFrom(...' \t\n.,!?…\'"()*~-🛑🙏\u200f'), maxLength: 6 });
const letters = fc.stringMatching(/^[\p{L}\p{N}]{1,8}$/u);

test('case, spaces and punctuation around a listed word change nothing', () => {
	fc.assert(
		fc.property(listed, noise, noise, fc.boolean(), (word, before, after, upper) => {
			const written = before + (upper ? word.toUpperCase() : word) + after;
			expect(wordOf(written)?.word).toBe(wordOf(word)?.word);
		}),
	);
});

test('a further word before or after it makes it talk, unless that too is a listed phrase', () => {
	fc.assert(
		fc.property(listed, letters, fc.constantFrom(' ', ', ', '-', '\n'), fc.boolean(), (word, more, between, before) => {
			const written = before ? more + between + word : word + between + more;
			fc.pre(!LISTED.has(bare(written)));
			expect(wordOf(written)).toBeUndefined();
		}),
		{ numRuns: 500 },
	);
});

test('no text but a listed phrase is read as a word', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
			fc.pre(!LISTED.has(bare(text)));
			expect(wordOf(text)).toBeUndefined();
		}),
	);
});

test('bare text is bare', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect(bare(bare(text))).toBe(bare(text));
		}),
	);
});

test('a configured list takes the place of the shipped one; what stands in both lists ends messages', () => {
	const own = wordReader({ stop: ['Basta', 'weg'], start: ['weg', 'los'] });
	expect(['basta!', 'WEG', 'los', 'stop'].map((text) => own(text)?.word)).toEqual(['stop', 'stop', 'start', undefined]);
});
