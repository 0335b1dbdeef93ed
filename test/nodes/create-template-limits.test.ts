import fc from 'fast-check';
import { buildRequest, operation, TEMPLATE_LIMITS, type Values } from '../../catalog';
import { checkTemplate } from '../../nodes/Messlo/create-template/check-template';
import { createTemplate } from '../../nodes/Messlo/create-template/create-template';
import { everything } from '../catalog/examples';

/** Refused by the catalogue or by the checks of the form. */
function refusal(id: string, values: Values): string | undefined {
	const row = operation(id);
	try {
		checkTemplate(row, values);
		buildRequest(row, values);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** Texts of so many code points, those beyond the basic plane included, without what has a meaning in templates. */
const textOf = (characters: number) =>
	fc
		.array(
			fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((unit) => !/[\s{}]/u.test(unit)),
			{ minLength: characters, maxLength: characters },
		)
		.map((units) => units.join(''));
const { header, body, footer, label, code, offer, card } = TEMPLATE_LIMITS;
const simple = everything(operation('template.createSimple'));
const button = (text: string) => ({
	...simple,
	variable_examples: undefined,
	buttons: [{ type: 'quick_reply', text }],
});
const coupon = (text: string) => ({ ...simple, buttons: [{ type: 'copy_code', text }] });
const { footer_text: _, category: __, header_text: ___, ...offered } = simple;
const cards = (text: string) => ({
	...offered,
	category: 'MARKETING',
	carousel_cards: [{ body: text }, { body: text }],
});

test.each<[string, number, string, (text: string) => Values]>([
	['a header', header, 'template.createSimple', (header_text) => ({ ...simple, header_text })],
	['a body', body, 'template.createSimple', (message_body) => ({ ...simple, message_body })],
	['a footer', footer, 'template.createSimple', (footer_text) => ({ ...simple, footer_text })],
	['a label', label, 'template.createQuickReply', button],
	['a coupon code', code, 'template.createCoupon', coupon],
	['an offer', offer.text, 'template.createLimitedTimeOffer', (offer_text) => ({ ...offered, offer_text })],
	[
		'the body of an offer',
		offer.body,
		'template.createLimitedTimeOffer',
		(message_body) => ({ ...offered, message_body, offer_text: 'Soon' }),
	],
	['a card', card.body, 'template.createCarousel', cards],
])('%s may have %i characters, whatever they are, and not one more', (_, most, id, values) => {
	fc.assert(
		fc.property(textOf(most), (text) => {
			expect(refusal(id, values(text))).toBeUndefined();
			expect(refusal(id, values(`${text}😀`))).toMatch(new RegExp(`at most ${most} characters, not ${most + 1}`));
		}),
		{ numRuns: 30 },
	);
});

test('variables are taken only when numbered from {{1}} without a gap, with as many samples', () => {
	const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(numbers, fc.integer({ min: 0, max: 7 }), (numbers, samples) => {
			const message_body = `Dear ${numbers.map((number) => `{{${number}}} and some more`).join(' ')} words`;
			const variable_examples = Array.from({ length: samples }, (_, index) => ({
				key: String(index + 1),
				example: 'Ana',
			}));
			const isWhole = Math.max(...numbers) === numbers.length;
			const given = refusal('template.createWithVariables', { ...simple, message_body, variable_examples });
			expect(given === undefined).toBe(isWhole && samples === numbers.length && samples > 0);
		}),
	);
});

test('any order of buttons is taken in which the quick replies stand together, up to the counts of each kind', () => {
	const BUTTONS: Record<string, object> = {
		quick_reply: { type: 'quick_reply', text: 'Yes' },
		website: { type: 'website', text: 'Shop', website_url: 'https://shop.example.com' },
		phone_call: { type: 'phone_call', text: 'Call', phone_number: '12025550100' },
	};
	const kinds = fc.array(fc.constantFrom(...Object.keys(BUTTONS)), { minLength: 1, maxLength: 12 });
	fc.assert(
		fc.property(kinds, (kinds) => {
			const count = (kind: string) => kinds.filter((each) => each === kind).length;
			const together = !/q[^q]+q|[^q]q+[^q]/.test(kinds.map((kind) => kind[0]).join(''));
			const isFine =
				together &&
				kinds.length <= 10 &&
				count('website') <= 2 &&
				count('phone_call') <= 1 &&
				count('quick_reply') < kinds.length;
			const given = refusal('template.createCta', { ...simple, buttons: kinds.map((kind) => BUTTONS[kind]) });
			expect([kinds, given === undefined]).toEqual([kinds, isFine]);
		}),
		{ numRuns: 300 },
	);
});

test('words are counted in scripts that write none apart', () => {
	const values = (message_body: string) => ({
		...simple,
		message_body,
		variable_examples: [{ key: '1', example: 'Ana' }],
	});
	expect(refusal('template.createWithVariables', values('您好{{1}},您的订单已经发货,请注意查收。'))).toBeUndefined();
	expect(refusal('template.createWithVariables', values('สวัสดี {{1}} คำสั่งซื้อของคุณกำลังจัดส่ง'))).toBeUndefined();
});

test('all eleven kinds of the page are finished, and the examples of each pass', () => {
	const kinds = Object.keys(createTemplate).filter((id) => id !== 'template.update');
	expect(kinds).toHaveLength(11);
	for (const id of kinds) expect([id, refusal(id, everything(operation(id)))]).toEqual([id, undefined]);
});
