import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '../../bridge/src/domain';
import { createTemplateBodies, readDefinition } from '../../bridge/src/mapping/definitions';
import { planMessage } from '../../bridge/src/mapping/plan';
import { readMapping } from '../../bridge/src/mapping/read-mapping';
import { judge } from '../support/contract';
import { buildOrder } from '../support/order';
import { contextOf, SETTINGS } from '../bridge/mapping/support';

const root = join(__dirname, '../..');
const blocks = [...readFileSync(join(root, 'docs/replies.md'), 'utf8').matchAll(/```yaml\n# (\S+)\n([^]*?)```/g)];
const files = new Map(blocks.map(([, name = '', text = '']) => [name, text]));
const shipped = readDefinition(
	'cod_confirmation.template.yaml',
	readFileSync(join(root, 'templates/messages/cod_confirmation.template.yaml'), 'utf8'),
);
const LANGUAGES: Record<string, string> = { en_US: 'en-IN', hi: 'hi', pt_BR: 'pt-BR' };

test('each button of the shipped question is answered, once, by the mapping of docs/replies.md that is about it', () => {
	if (!shipped.ok) throw new Error('The shipped template cannot be read');
	const answersOf = (order: Order, button: string, mapping: string) =>
		['cod-confirmed', 'cod-declined'].flatMap((name) => {
			const read = readMapping(`${name}.yaml`, files.get(`${name}.yaml`) ?? '');
			if (!read.ok) throw new Error(JSON.stringify(read.problems));
			const to = { id: 'msg_1', mapping, template: 'cod_confirmation' };
			const reply = { button, at: '2026-11-20T10:00:00Z', from: '+919876543210', to };
			const plan = planMessage(read.mapping, contextOf({ order, event: { name: 'reply.button' }, reply }), SETTINGS);
			return plan.kind === 'planned' ? [[name, plan.message.language]] : [];
		});
	for (const { language: code, buttons } of shipped.definition.languages) {
		const order = buildOrder({ language: LANGUAGES[code] ?? code });
		const labels = buttons.map((button) => ('reply' in button ? button.reply : ''));
		expect(labels.map((label) => answersOf(order, label, 'cod-confirmation'))).toEqual([
			[['cod-confirmed', code]],
			[['cod-declined', code]],
		]);
		expect(labels.flatMap((label) => answersOf(order, label, 'another-mapping'))).toEqual([]);
	}
});

test.each(['cod_confirmed', 'cod_declined'])(
	'the template %s of docs/replies.md is one that WhatsApp takes',
	(name) => {
		const read = readDefinition(`${name}.template.yaml`, files.get(`${name}.template.yaml`) ?? '');
		if (!read.ok) throw new Error(JSON.stringify(read.problems));
		expect(read.definition.languages.map((each) => each.language)).toEqual(['en_US', 'hi', 'pt_BR']);
		for (const body of createTemplateBodies(read.definition, { wabaId: '102290129340398' }))
			expect(judge({ method: 'POST', path: '/api/template/create', body }).faults).toEqual([]);
	},
);
