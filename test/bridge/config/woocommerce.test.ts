import { readConfig } from '../../../bridge/src/config/read-config';
import { formatProblems } from '../../../bridge/src/problem';

const read = (keys: string) =>
	readConfig({
		file: 'c.yaml',
		text: `messlo: { apiKey: k, sender: "911234567890" }
server: { adminToken: admin-token-1234 }
sources:
  - id: boutique
    kind: woocommerce
    url: https://boutique.example/
    secrets: [s]
${keys}`,
		env: {},
	});
const problems = (keys: string): string => {
	const reading = read(keys);
	return reading.ok ? '' : formatProblems(reading.problems);
};

test('statuses of plugins are read, and may be left out', () => {
	expect(read('    statuses: { wc-packed: open, shipped: fulfilled }\n')).toMatchObject({
		config: { sources: [{ url: 'https://boutique.example', statuses: { 'wc-packed': 'open', shipped: 'fulfilled' } }] },
	});
	expect(read('')).toMatchObject({ ok: true, config: { sources: [{ statuses: {} }] } });
});

test.each([
	[
		'    statuses: { shipped: send }\n',
		/statuses\.shipped.*is not a meaning of a status[\s\S]*unpaid, open, paid, fulfilled/,
	],
	['    statuses: { "Ready To Ship": open }\n', /is not a status[\s\S]*small letters and hyphens/],
	['    statuses: [shipped]\n', /a list/],
])('%j is a problem with its fix', (keys, said) => expect(problems(keys)).toMatch(said));
