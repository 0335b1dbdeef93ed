import { join } from 'node:path';
import { formatProblems } from '../../../bridge/src/problem';
import { loadMappings } from '../../../bridge/src/mapping/load-mappings';
import { readMapping } from '../../../bridge/src/mapping/read-mapping';
import { planMessage } from '../../../bridge/src/mapping/plan';
import { buildOrder } from '../../support/order';

const dir = join(__dirname, '../../../templates/messages');
const event = {
	id: 'e1',
	name: 'order.created' as const,
	source: 'acme',
	sourceKind: 'shopify',
	occurredAt: '2026-11-20T08:35:11Z',
};
test('quick', async () => {
	const { mappings, problems } = await loadMappings(dir);
	console.log(
		formatProblems(problems),
		mappings.map((m) => m.name),
	);
	const order = buildOrder({ isCod: false });
	for (const mapping of mappings)
		console.log(
			planMessage(
				mapping,
				{ event, order, shop: order.shop, payload: {}, now: new Date('2026-11-20T08:35:12Z') },
				{ timezone: 'Asia/Kolkata', country: 'IN' },
			),
		);
	const bad = readMapping(
		'bad.yaml',
		`on: order.creatd
template: Checkout Invoice
language: { from: order.language, fallback: en-US }
delays: 4
`,
	);
	console.log(bad.ok ? bad : formatProblems(bad.problems));
	const bad2 = readMapping(
		'bad.yaml',
		`on: order.created
template: x
when: oder.total > 0 && 1
consent: order.total >> 0
to: "{{ order.phone | phon }}"
variables:
  "1": "{{ oder.total }}"
  "3": "{{ order.totl }} {{ shipment.status }} {{ order.lines[0].titel }}"
  "4": "{% include 'x' %}"
  "5": "{{ order.total "
  "6": "{{ order.total.x }}"
header: {}
`,
	);
	console.log(bad2.ok ? bad2 : formatProblems(bad2.problems));
	const bad3 = readMapping(
		'bad.yaml',
		`on: order.created
template: x
when: oder.total > 0 && 1
consent: order.total >> 0
to: "{{ order.phone | phon }}"
variables:
  "1": "{{ oder.total }}"
  "3": "{{ order.totl }} {{ shipment.status }} {{ order.lines[0].titel }}"
  "4": "{% include 'x' %}"
  "5": "{{ order.total "
  "6": "{{ order.total.x }}"
header: {document: invioce}
`,
		{ layouts: ['invoice'] },
	);
	console.log(bad3.ok ? bad2 : formatProblems(bad3.problems));
});
