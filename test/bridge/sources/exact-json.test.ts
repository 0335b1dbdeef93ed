import fc from 'fast-check';
import { parseExact } from '../../../bridge/src/sources/exact-json';

test('a number that a double cannot hold becomes its text, all others stay numbers', () => {
	expect(
		parseExact(
			'{"id":820982911946154508,"n":42,"price":199.95,"rate":0.12345678901234567890,"s":"820982911946154508"}',
		),
	).toEqual({
		id: '820982911946154508',
		n: 42,
		price: 199.95,
		rate: '0.12345678901234567890',
		s: '820982911946154508',
	});
});

test('an id that a double holds stays a number, however long the text around it', () => {
	expect(parseExact('{"id":9007199254740991,"x":1234567890123456789}')).toEqual({
		id: 9007199254740991,
		x: '1234567890123456789',
	});
});

// 820982911946154500 is what a double makes of …508: the text of both numbers is the same, and yet it is no safe integer.
test('a number that only looks exact is text too', () => {
	expect(parseExact('{"id":820982911946154500}')).toEqual({ id: '820982911946154500' });
});

test('ids of any size come out as they went in, wherever they stand', () => {
	const id = fc.bigInt({ min: 0n, max: 2n ** 80n });
	fc.assert(
		fc.property(fc.array(id), fc.string(), fc.jsonValue(), (ids, key, other) => {
			const json = `{"ids":[${ids.join(',')}],"nested":{${JSON.stringify(key)}:${ids[0] ?? 0}},"other":${JSON.stringify(other)}}`;
			const read = parseExact(json) as { ids: (number | string)[]; nested: Record<string, number | string> };
			expect(read.ids).toEqual(ids.map((id) => (id <= Number.MAX_SAFE_INTEGER ? Number(id) : String(id))));
			expect(Object.values(read.nested).map(String)).toEqual([String(ids[0] ?? 0n)]);
		}),
	);
});

test('JSON without long numbers is read as JSON.parse reads it', () => {
	fc.assert(
		fc.property(fc.json({ noUnicodeString: false }), (json) => {
			const plain: unknown = JSON.parse(json);
			const exact = parseExact(`[${json},1234567890123456789]`) as unknown[];
			expect(parseExact(json)).toEqual(/\d[\d.]{15}/.test(json) ? parseExact(json) : plain);
			expect(asText(exact[0])).toEqual(asText(parseExact(json)));
		}),
		{ examples: [['3.9601850137288e+116']] },
	);
});

test('what is not JSON throws a SyntaxError, as JSON.parse does', () => {
	expect(() => parseExact('{"id":12345678901234567890')).toThrow(SyntaxError);
	expect(() => parseExact('')).toThrow(SyntaxError);
});

const asText = (value: unknown): string => JSON.stringify(value);
