import { createTemplateBodies, readDefinition } from '../../../bridge/src/mapping/definitions';
import { formatProblems } from '../../../bridge/src/problem';

const GOOD = `template: hello
category: UTILITY
header: { document: invoice, sample: "https://example.com/sample.pdf" }
languages:
  en_US:
    body: "Hi {{1}}, your order {{2}} is ready for you."
    footer: Thank you
    examples: [Asha, "#1"]
    buttons:
      - reply: "Yes"
      - { text: Shop, url: "https://example.com" }
      - { text: Call, phone: "+911234567890" }
`;
const problems = (text: string) => {
	const reading = readDefinition('hello.template.yaml', text);
	return reading.ok ? '' : formatProblems(reading.problems);
};
const body = (text: string, examples = '[a, b]') =>
	problems(GOOD.replace(/body:.*/, () => `body: ${JSON.stringify(text)}`).replace('[Asha, "#1"]', examples));

test('a definition gives the requests that create it', () => {
	const reading = readDefinition('hello.template.yaml', GOOD);
	if (!reading.ok) throw new Error(formatProblems(reading.problems));
	expect(createTemplateBodies(reading.definition, { wabaId: '1' })).toEqual([
		{
			waba_id: '1',
			template_name: 'hello',
			category: 'UTILITY',
			language: 'en_US',
			message_body: 'Hi {{1}}, your order {{2}} is ready for you.',
			footer_text: 'Thank you',
			header_url: 'https://example.com/sample.pdf',
			header_media_type: 'document',
			variable_examples: [
				{ key: '1', example: 'Asha' },
				{ key: '2', example: '#1' },
			],
			buttons: [
				{ type: 'quick_reply', text: 'Yes' },
				{ type: 'website', text: 'Shop', website_url: 'https://example.com' },
				{ type: 'phone_call', text: 'Call', phone_number: '+911234567890' },
			],
		},
	]);
	expect(
		createTemplateBodies(reading.definition, { wabaId: '1', headerSample: 'https://bridge.example/s.pdf' })[0]
			?.header_url,
	).toBe('https://bridge.example/s.pdf');
});

describe('what WhatsApp would refuse is told before it does', () => {
	test.each<[string, string, string]>([
		[
			'a body that begins with a variable',
			body('{{1}}, your order {{2}} is now ready for you'),
			'hello.template.yaml:6:11  languages.en_US.body: begins with a variable\n    fix: put a word before it; WhatsApp refuses the template otherwise',
		],
		[
			'a body that ends with a variable',
			body('Hi {{1}}, this is the total of your order: {{2}}.'),
			'body: ends with a variable',
		],
		[
			'variables without a word between',
			body('Hi {{1}} {{2}}, your order is now ready for you'),
			'body: has two variables next to each other',
		],
		[
			'a gap in the numbers',
			body('Hi {{1}}, your order {{3}} is ready for you'),
			'body: {{3}} stands where {{2}} is expected',
		],
		[
			'a variable with a name',
			body('Hi {{name}}, your order is ready', '[]'),
			'body: has a variable that is not a number',
		],
		['mostly variables', body('Hi {{1}}, order {{2}} ready'), 'body: has only 3 words for 2 variables'],
		[
			'too long a body',
			body(`Hi {{1}}, ${'long '.repeat(250)}{{2}} end`),
			'body: is longer than the 1024 characters of a message\n    fix: shorten it',
		],
		[
			'too few samples',
			body('Hi {{1}}, your order {{2}} is ready for you', '[a]'),
			'examples: has 1 samples for 2 variables\n    fix: write one sample for each variable, in their order',
		],
		[
			'too long a footer',
			problems(GOOD.replace('Thank you', 'x'.repeat(61))),
			'hello.template.yaml:7:13  languages.en_US.footer: is longer than the 60 characters of a footer',
		],
		[
			'too long a button',
			problems(GOOD.replace('"Yes"', 'x'.repeat(26))),
			'is longer than the 25 characters of a button',
		],
		[
			'a button of no kind',
			problems(GOOD.replace('reply: "Yes"', 'replay: "Yes"')),
			"hello.template.yaml:10:9  languages.en_US.buttons[0].replay: unknown key 'replay'\n    fix: did you mean 'reply'?",
		],
		[
			'an unknown category',
			problems(GOOD.replace('UTILITY', 'OTP')),
			'category: is not a category\n    fix: UTILITY for what belongs to an order, MARKETING for everything else',
		],
		[
			'a file of another name',
			problems(GOOD.replace('template: hello', 'template: hallo')),
			"template: 'hallo' is defined in a file of another name\n    fix: name the file hallo.template.yaml",
		],
		[
			'a language that is none',
			problems(GOOD.replace('en_US:', 'en-US:')),
			'hello.template.yaml:5:3  languages.en-US: is not a language of WhatsApp templates\n    fix: write a code such as en_US, hi or pt_BR',
		],
		[
			'no language',
			problems(GOOD.replace(/languages:[^]*/, 'languages: {}\n')),
			'languages: is empty\n    fix: add a language, such as en_US',
		],
	])('%s', (_, told, expected) => expect(told).toContain(expected));
});
