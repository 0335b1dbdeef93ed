import { formatProblems } from '../../../bridge/src/problem';
import { readMapping } from '../../../bridge/src/mapping/read-mapping';

const GOOD = `on: order.created
template: checkout_invoice
variables:
  "1": "{{ order.name }}"
`;
function problems(text: string): string {
	const reading = readMapping('m.yaml', text, { layouts: ['invoice'], sources: ['acme'] });
	return reading.ok ? '' : formatProblems(reading.problems);
}

test('a mapping of the design reads, with every key', () => {
	const reading = readMapping(
		'templates/messages/order-confirmation.yaml',
		`description: Confirm a new order, with its invoice
on: order.created
sources: [shopify, woocommerce]
when: order.total > 0 and order.customer.phone != blank
to: "{{ order.phone }}"
template: checkout_invoice
language: { from: order.language, fallback: en_US, use: { hi: hi, pt: pt_BR } }
variables:
  "1": "{{ order.customer.firstName | default: 'there' }}"
  "2": "{{ order.name }}"
  "3": "{{ order.total | money: order.currency }}"
header:
  document: invoice
sender: "911234567890"
delay: 0s
expires: 24h
quietHours: { from: "21:00", to: "09:00" }
consent: order.attributes.whatsapp_opt_in == "yes"
once: order
`,
		{ layouts: ['invoice'], sources: ['acme'] },
	);
	expect(reading).toMatchObject({
		ok: true,
		mapping: {
			name: 'order-confirmation',
			on: ['order.created'],
			language: { fallback: 'en_US', use: { hi: 'hi', pt: 'pt_BR' } },
			header: { document: 'invoice' },
			delay: 0,
			expires: 86_400_000,
			once: 'order',
		},
	});
});

test.each<[string, string, string]>([
	[
		'an unknown event',
		GOOD.replace('order.created', 'order.creatd'),
		"m.yaml:1:5  on[0]: there is no event 'order.creatd'\n    fix: did you mean 'order.created'?",
	],
	[
		'an unknown event in a list',
		GOOD.replace('order.created', '[order.paid, order.payd]'),
		"m.yaml:1:18  on[1]: there is no event 'order.payd'\n    fix: did you mean 'order.paid'?",
	],
	[
		'an unknown key',
		`${GOOD}quiethours: {}\n`,
		"m.yaml:5:1  quiethours: unknown key 'quiethours'\n    fix: did you mean 'quietHours'?",
	],
	[
		'no template',
		'on: order.created\n',
		"m.yaml:1:1  template: 'template' is missing\n    fix: add 'template:'; templates/messages/order-confirmation.yaml shows every key",
	],
	[
		'a template name that cannot be one',
		GOOD.replace('checkout_invoice', 'Checkout Invoice'),
		'm.yaml:2:11  template: is not a template name\n    fix: use small letters, digits and _',
	],
	[
		'a language as browsers write it',
		`${GOOD}language: en-US\n`,
		"m.yaml:5:11  language.fallback: 'en-US' is not a language of WhatsApp templates\n    fix: write en_US",
	],
	[
		'a bad language in the map',
		`${GOOD}language: { fallback: en_US, use: { pt: pt-br } }\n`,
		"m.yaml:5:41  language.use.pt: 'pt-br' is not a language of WhatsApp templates\n    fix: write pt_BR",
	],
	[
		'a language without fallback',
		`${GOOD}language: { use: { hi: hi } }\n`,
		"m.yaml:5:1  language.fallback: 'fallback' is missing\n    fix: add 'fallback:' under 'language'; templates/messages/order-confirmation.yaml shows every key",
	],
	[
		'a misspelled root',
		`${GOOD}when: oder.total > 0\n`,
		"m.yaml:5:7  when: there is no 'oder' here\n    fix: did you mean 'order'?",
	],
	[
		'a misspelled field',
		`${GOOD}when: order.totl > 0\n`,
		"m.yaml:5:7  when: there is no 'order.totl' here\n    fix: did you mean 'total'?",
	],
	[
		'a field of a list',
		`${GOOD}when: order.lines[0].titel == "x"\n`,
		"m.yaml:5:7  when: there is no 'order.lines.0.titel' here\n    fix: did you mean 'title'?",
	],
	[
		'a field of a plain value',
		`${GOOD}when: order.total.cents > 0\n`,
		"m.yaml:5:7  when: there is no 'order.total.cents' here\n    fix: 'order.total' is a plain value: end there",
	],
	[
		'a root of another event',
		`${GOOD}when: shipment.status == "delivered"\n`,
		"m.yaml:5:7  when: there is no 'shipment' here\n    fix: use one of: event, shop, payload, order, customer",
	],
	[
		'a single =',
		`${GOOD}when: order.total = 0\n`,
		"m.yaml:5:7  when: is not an expression that Liquid knows\n    fix: compare with == (not =), join with 'and' / 'or', put text in quotes",
	],
	[
		'an operator of another language',
		`${GOOD}when: order.total > 0 && order.isCod\n`,
		"m.yaml:5:7  when: is not an expression that Liquid knows\n    fix: compare with == (not =), join with 'and' / 'or', put text in quotes",
	],
	[
		'an operator without a right side',
		`${GOOD}when: "order.total >"\n`,
		"m.yaml:5:7  when: is not an expression that Liquid knows\n    fix: compare with == != > < >= <= contains, join with 'and' / 'or', put text in quotes",
	],
	[
		'a doubled operator',
		`${GOOD}consent: order.total >> 0\n`,
		"m.yaml:5:10  consent: is not an expression that Liquid knows\n    fix: compare with == != > < >= <= contains, join with 'and' / 'or', put text in quotes",
	],
	[
		'braces in a condition',
		`${GOOD}when: "{{ order.isCod }}"\n`,
		'm.yaml:5:7  when: has braces where a bare expression is expected\n    fix: write it without {{ }} and {% %}, such as order.total > 0',
	],
	[
		'an unknown filter',
		GOOD.replace('order.name', 'order.total | mony: order.currency'),
		"m.yaml:4:8  variables.1: there is no filter 'mony'\n    fix: did you mean 'money'?",
	],
	[
		'an output left open',
		GOOD.replace(' }}', ''),
		'm.yaml:4:8  variables.1: is not Liquid: output "{{ order.name" not closed\n    fix: close every {{ with }} and every {% if %} with {% endif %}',
	],
	[
		'an include',
		GOOD.replace('{{ order.name }}', "{% include '/etc/passwd' %}"),
		"m.yaml:4:8  variables.1: the tag 'include' cannot be used here\n    fix: use one of: assign, for, capture, case, comment, if, unless, break, continue, #",
	],
	[
		'a gap in the numbers',
		`${GOOD}  "3": x\n`,
		'm.yaml:5:8  variables.3: variable \'3\' stands where \'2\' is expected\n    fix: number the variables "1", "2", "3" … without a gap',
	],
	[
		'a header of neither kind',
		`${GOOD}header: {}\n`,
		"m.yaml:5:1  header: needs one of 'document' and 'url'\n    fix: write document: invoice, or url: with a link",
	],
	[
		'a header of both kinds',
		`${GOOD}header: { document: invoice, url: x }\n`,
		"m.yaml:5:1  header: needs one of 'document' and 'url'\n    fix: write document: invoice, or url: with a link",
	],
	[
		'a layout that is not there',
		`${GOOD}header: { document: invioce }\n`,
		"m.yaml:5:21  header.document: there is no layout 'invioce'\n    fix: did you mean 'invoice'?",
	],
	[
		'a source that is not there',
		`${GOOD}sources: [acne]\n`,
		"m.yaml:5:11  sources[0]: there is no source 'acne'\n    fix: did you mean 'acme'?",
	],
	[
		'a bad duration',
		`${GOOD}delay: one hour\n`,
		"m.yaml:5:8  delay: 'one hour' is not a duration\n    fix: write a number with its unit: 30s, 5m, 24h or 7d",
	],
	[
		'a bad time of day',
		`${GOOD}quietHours: { from: "9pm", to: "09:00" }\n`,
		'm.yaml:5:21  quietHours.from: is not a time of day\n    fix: write hours and minutes in quotes: "21:00"',
	],
	[
		'a bad once',
		`${GOOD}once: daily\n`,
		'm.yaml:5:7  once: is not a choice\n    fix: use one of: order, shipment, refund, event, recipient, recipient+day',
	],
	[
		'a bad sender',
		`${GOOD}sender: "+91 12345"\n`,
		'm.yaml:5:9  sender: is not a WhatsApp number\n    fix: write its digits with country code and without plus: "911234567890"',
	],
	[
		'broken YAML',
		`${GOOD}when: [\n`,
		'm.yaml:6:1  not readable as YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
	],
	['an empty file', '', "m.yaml:1:1  is not a mapping\n    fix: begin with the keys 'on:' and 'template:'"],
])('%s names its place and its fix', (_, text, expected) => {
	expect(problems(text)).toContain(expected);
});

test('wrong keys and wrong expressions are told at once', () => {
	const told = problems(
		`on: order.created\ntemplate: A\nwhen: oder.x\ndelay: x\nvariables: { "1": "{{ order.totl }}" }\n`,
	);
	expect(told.match(/^m\.yaml:\d/gm)).toEqual(['m.yaml:2', 'm.yaml:3', 'm.yaml:4', 'm.yaml:5']);
});

test('what each event brings may be used, and any key of attributes, payload and rows', () => {
	const when = (on: string, condition: string) =>
		problems(`on: ${on}\ntemplate: a\nto: "+911234567890"\nwhen: ${condition}\n`);
	expect(when('order.refunded', 'refund.amount > 0 and refund.lines.first.title == "x"')).toBe('');
	expect(when('[order.created, shipment.updated]', 'shipment.status == "delivered" or order.lines.size > 2')).toBe('');
	expect(when('checkout.abandoned', 'checkout.statusUrl != blank and customer.orders == 0')).toBe('');
	expect(when('order.created', 'order.attributes.anything == payload.some[0].thing')).toBe('');
	expect(when('sheet.row', 'row.City == "Pune" and row["First name"] != blank')).toBe('');
	expect(when('calendar.reminder', 'event.summary contains "x"')).toBe('');
});
