import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../../bridge/src/config/read-config';
import { formatProblems } from '../../../bridge/src/problem';

const root = join(__dirname, '../../..');

test('the demo reads', () => {
	const file = join(root, 'demo/messlo-bridge.yaml');
	const r = readConfig({ file, text: readFileSync(file, 'utf8'), env: {} });
	console.log(r.ok ? r.config : formatProblems(r.problems));
	const s = readConfig({
		file: 'x.yaml',
		text: `
messlo: { apiKey: "\${KEY}", baseUrll: 4, sender: 911234567890, perSecond: many }
server: { port: 99999, publicUrl: bridge.example.com, adminToken: short }
store: { url: "postgres://x" }
defaults: { country: India, timezone: Asia/Kolkatta }
sources:
  - { id: acme, kind: shopifyy }
  - { id: acme, kind: shopify, shop: https://x.com, secrets: [] }
  - { id: woo, kind: woocommerce }
`,
		env: {},
	});
	console.log(s.ok ? s.config : formatProblems(s.problems));
	const t = readConfig({ file: 'x.yaml', text: `messlo: {\n\tapiKey: "a\nb: [\n`, env: {} });
	console.log(t.ok ? t.config : formatProblems(t.problems));
});
