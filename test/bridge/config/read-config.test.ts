import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../../bridge/src/config/config';
import { readConfig } from '../../../bridge/src/config/read-config';
import { redactedConfig } from '../../../bridge/src/config/redacted-config';
import { formatProblems } from '../../../bridge/src/problem';

const root = join(__dirname, '../../..');
const ENV = {
	MESSLO_API_KEY: 'key-from-env',
	BRIDGE_ADMIN_TOKEN: 'admin-token-from-env',
	SHOPIFY_SECRET: 'shop-secret',
};

const GOOD = `messlo:
  apiKey: k
  sender: "911234567890"
server:
  adminToken: admin-token-1234
sources:
  - { id: acme, kind: shopify, shop: acme.myshopify.com, secrets: [s] }
`;

function read(text: string, env: Record<string, string> = {}): Config {
	const reading = readConfig({ file: '/etc/bridge/messlo-bridge.yaml', text, env });
	if (!reading.ok) throw new Error(formatProblems(reading.problems));
	return reading.config;
}
function problems(text: string, env: Record<string, string> = {}): string[] {
	const reading = readConfig({ file: 'c.yaml', text, env });
	return reading.ok ? [] : formatProblems(reading.problems).split(/\n(?=\S)/);
}

test('the demo reads without any variable, and moves its ports by two', () => {
	const file = join(root, 'demo/messlo-bridge.yaml');
	const text = readFileSync(file, 'utf8');
	const plain = readConfig({ file, text, env: {} });
	expect(plain).toMatchObject({
		ok: true,
		config: {
			messlo: { apiKey: 'sandbox-api-key', baseUrl: 'http://127.0.0.1:8090' },
			server: { host: '127.0.0.1', port: 8080, publicUrl: 'http://127.0.0.1:8080', adminToken: 'demo-admin-token' },
			store: { kind: 'sqlite', path: join(root, 'data/demo/bridge.db') },
			defaults: { country: 'IN', timezone: 'Asia/Kolkata' },
			company: { logo: join(root, 'demo/logo.svg') },
			messages: join(root, 'templates/messages'),
			documents: { layouts: join(root, 'templates/documents'), linkLifetime: 604_800_000 },
			sources: [
				{ id: 'acme', kind: 'shopify', shop: 'acme.myshopify.com', secrets: ['demo-shopify-secret'] },
				{ id: 'boutique', kind: 'woocommerce', secrets: ['demo-woo-secret'] },
			],
		},
	});
	const moved = readConfig({ file, text, env: { BRIDGE_PORT: '18080', SANDBOX_PORT: '18090' } });
	expect(moved).toMatchObject({
		config: {
			server: { port: 18080, publicUrl: 'http://127.0.0.1:18080' },
			messlo: { baseUrl: 'http://127.0.0.1:18090' },
		},
	});
});

test('the example reads once its variables are set, also with every comment made a key', () => {
	const text = readFileSync(join(root, 'messlo-bridge.example.yaml'), 'utf8');
	expect(problems(text, ENV)).toEqual([]);
	const everything = text.replace(/^( *)# (?=[ ]*(- )?\w+:( |$))/gm, '$1');
	const more = {
		...ENV,
		SHOPIFY_ADMIN_TOKEN: 'a',
		WOO_SECRET: 'b',
		WOO_KEY: 'c',
		WOO_CONSUMER_SECRET: 'd',
		REPLIES_SECRET: 'secret-of-flows',
	};
	expect(read(everything, more)).toMatchObject({
		company: { taxIdLabel: 'GSTIN', bank: ['IBAN …', 'BIC …'] },
		sources: [
			{ adminToken: 'a' },
			{ consumerSecret: 'd' },
			{ every: 30_000, credentials: '/etc/bridge/google.json' },
			{ remind: [86_400_000, 3_600_000] },
		],
	});
});

test('defaults are filled in and paths are relative to the file', () => {
	expect(read(GOOD)).toMatchObject({
		messlo: { baseUrl: 'https://api.messlo.com', perSecond: 20 },
		server: { host: '127.0.0.1', port: 8080, publicUrl: 'http://127.0.0.1:8080' },
		store: { path: '/etc/bridge/data/bridge.db' },
		defaults: { timezone: 'UTC' },
		documents: { linkLifetime: 604_800_000 },
	});
	expect(read(`${GOOD}messages: ../mine\n`).messages).toBe(resolve('/etc/mine'));
	expect(read(`${GOOD}defaults: { country: IN }\n`).defaults.timezone).toBe('Asia/Kolkata');
	expect(read(GOOD.replace('server:', 'server:\n  host: 0.0.0.0')).server.publicUrl).toBe('http://127.0.0.1:8080');
});

test('an address is a list of lines, or one text with line breaks', () => {
	expect(read(`${GOOD}company:\n  name: A\n  address: |\n    One Street\n    Town\n`).company?.address).toEqual([
		'One Street',
		'Town',
	]);
	expect(read(`${GOOD}company: { name: A, address: [One Street, Town] }\n`).company?.address).toEqual([
		'One Street',
		'Town',
	]);
});

describe('variables', () => {
	const withKey = (written: string) => GOOD.replace('apiKey: k', () => `apiKey: "${written}"`);
	test.each([
		['${KEY}', { KEY: 'v' }, 'v'],
		['${KEY:-d}', {}, 'd'],
		['${KEY:-d}', { KEY: '' }, 'd'],
		['a-${KEY}-b', { KEY: 'v' }, 'a-v-b'],
		['$${KEY}', {}, '${KEY}'],
		['${KEY}', { KEY: '"}: x\n# [' }, '"}: x\n# ['],
	])('%s with %j is %j', (written, env, expected) => {
		expect(read(withKey(written), env as Record<string, string>).messlo.apiKey).toBe(expected);
	});
	test('an optional key whose variable is empty counts as left out', () => {
		expect(
			read(GOOD.replace('sources:', 'sources: # x').replace('secrets: [s]', 'secrets: [s], adminToken: "${T:-}"'), {})
				.sources[0],
		).not.toHaveProperty('adminToken', '');
	});
});

describe('every kind of problem names its place and its fix', () => {
	test.each<[string, (good: string) => string, string]>([
		[
			'a variable that is not set',
			(good) => good.replace('apiKey: k', 'apiKey: "${NOPE}"'),
			'c.yaml:2:11  messlo.apiKey: the environment variable NOPE is not set\n    fix: set NOPE before starting, or write a default: ${NOPE:-…}',
		],
		[
			'a malformed variable',
			(good) => good.replace('apiKey: k', 'apiKey: "${no pe}"'),
			"c.yaml:2:11  messlo.apiKey: '${no pe}' is not a variable\n    fix: write ${NAME} or ${NAME:-default}; $${ stands for ${ itself",
		],
		[
			'an unknown key',
			(good) => good.replace('apiKey', 'apiKye'),
			"c.yaml:2:3  messlo.apiKye: unknown key 'apiKye'\n    fix: did you mean 'apiKey'?",
		],
		[
			'an unknown key at the top',
			(good) => `${good}sauces: []\n`,
			"c.yaml:8:1  sauces: unknown key 'sauces'\n    fix: did you mean 'sources'?",
		],
		[
			'a missing key',
			(good) => good.replace('  sender: "911234567890"\n', ''),
			"c.yaml:1:1  messlo.sender: 'sender' is missing\n    fix: add 'sender:' under 'messlo'; messlo-bridge.example.yaml shows every key",
		],
		[
			'a number where text is meant',
			(good) => good.replace('"911234567890"', '911234567890'),
			'c.yaml:3:11  messlo.sender: is a number, not text\n    fix: put it in quotes: "911234567890"',
		],
		[
			'a sender with plus',
			(good) => good.replace('"911234567890"', '"+91 1234567890"'),
			'c.yaml:3:11  messlo.sender: is not a WhatsApp number\n    fix: write its digits with country code and without plus: "911234567890"',
		],
		[
			'an empty secret',
			(good) => good.replace('[s]', '[""]'),
			'c.yaml:7:68  sources[0].secrets[0]: is empty\n    fix: give the secret, best through ${NAME}',
		],
		[
			'no secret',
			(good) => good.replace('[s]', '[]'),
			'c.yaml:7:58  sources[0].secrets: has no secret\n    fix: add one: without it no webhook can be believed',
		],
		[
			'one secret outside a list',
			(good) => good.replace('[s]', 's'),
			'c.yaml:7:67  sources[0].secrets: is not a list\n    fix: write a list, also for one secret: ["${SECRET}"]',
		],
		[
			'a short admin token',
			(good) => good.replace('admin-token-1234', 'short'),
			'c.yaml:5:15  server.adminToken: is too short to be safe\n    fix: use at least 12 characters, such as: openssl rand -hex 24',
		],
		[
			'a bad port',
			(good) => good.replace('server:', 'server:\n  port: 70000'),
			'c.yaml:5:9  server.port: is too large\n    fix: write a whole number from 0 to 65535',
		],
		[
			'a port in words',
			(good) => good.replace('server:', 'server:\n  port: eighty'),
			'c.yaml:5:9  server.port: is not a number\n    fix: write a whole number from 0 to 65535',
		],
		[
			'a bad address',
			(good) => good.replace('server:', 'server:\n  publicUrl: bridge.example.com'),
			'c.yaml:5:14  server.publicUrl: is not a web address\n    fix: write it whole: https://bridge.example.com',
		],
		[
			'a country in words',
			(good) => `${good}defaults: { country: India }\n`,
			"c.yaml:8:22  defaults.country: 'India' is not a country code\n    fix: write IN",
		],
		[
			'an unknown country',
			(good) => `${good}defaults: { country: XX }\n`,
			"c.yaml:8:22  defaults.country: 'XX' is not a country code\n    fix: write the two capital letters of ISO 3166, such as IN, BR or US",
		],
		[
			'an unknown time zone',
			(good) => `${good}defaults: { timezone: Asia/Kolkatta }\n`,
			"c.yaml:8:23  defaults.timezone: 'Asia/Kolkatta' is not a time zone\n    fix: did you mean 'Asia/Kolkata'?",
		],
		[
			'an offset for a time zone',
			(good) => `${good}defaults: { timezone: "+05:30" }\n`,
			"c.yaml:8:23  defaults.timezone: '+05:30' is not a time zone\n    fix: write an IANA name, such as Asia/Kolkata or America/Sao_Paulo",
		],
		[
			'a broken address of PostgreSQL',
			(good) => `${good}store: { url: "postgres://u:p@h:port/db" }\n`,
			'c.yaml:8:15  store.url: is not a store\n    fix: write sqlite: and a path, such as sqlite:./data/bridge.db, or postgres://user:password@host/database',
		],
		[
			'another store',
			(good) => `${good}store: { url: mysql }\n`,
			'c.yaml:8:15  store.url: is not a store\n    fix: write sqlite: and a path, such as sqlite:./data/bridge.db, or postgres://user:password@host/database',
		],
		[
			'a key of the store that is too short',
			(good) => `${good}store: { key: c2hvcnQ= }\n`,
			'c.yaml:8:15  store.key: is no key of 32 bytes\n    fix: make one with: openssl rand -base64 32',
		],
		[
			'half a key for the shop',
			(good) => `${good}  - { id: b, kind: woocommerce, url: "https://a.example", secrets: [s], consumerKey: ck_1 }\n`,
			'c.yaml:8:86  sources[1].consumerKey: stands without consumerSecret\n    fix: write both; the shop shows them together when the key is made',
		],
		[
			'an unknown kind',
			(good) => good.replace('kind: shopify', 'kind: shopyfi'),
			'c.yaml:7:23  sources[0].kind: is not a kind of source\n    fix: use one of: shopify, woocommerce, google-sheets, google-calendar',
		],
		[
			'a shop by its shown domain',
			(good) => good.replace('acme.myshopify.com', 'acme.com'),
			"c.yaml:7:38  sources[0].shop: is not a shop\n    fix: write the shop's own domain: acme.myshopify.com",
		],
		[
			'one id twice',
			(good) => `${good}  - { id: acme, kind: woocommerce, url: "https://a.example", secrets: [s] }\n`,
			"c.yaml:8:11  sources[1].id: 'acme' is the id of two sources\n    fix: give each source an id of its own",
		],
		[
			'a bad duration',
			(good) => `${good}documents: { linkLifetime: 7 days }\n`,
			"c.yaml:8:28  documents.linkLifetime: '7 days' is not a duration\n    fix: write a number with its unit: 30s, 5m, 24h or 7d",
		],
		[
			'a bad colour',
			(good) => `${good}company: { name: A, colour: blue }\n`,
			'c.yaml:8:29  company.colour: is not a colour\n    fix: write # and six digits in quotes: "#0a7cff"',
		],
		[
			'no source',
			(good) => good.replace(/sources:[^]*/, 'sources: []\n'),
			'c.yaml:6:1  sources: is empty\n    fix: add the shop whose orders you want to send',
		],
		[
			'a quote left open',
			(good) => good.replace('apiKey: k', 'apiKey: "k'),
			'c.yaml:2:13  not readable as YAML: Missing closing "quote\n    fix: close the quote or bracket that is open here',
		],
		[
			'one key twice',
			(good) => good.replace('apiKey: k', 'apiKey: k\n  apiKey: l'),
			'c.yaml:3:3  not readable as YAML: Map keys must be unique\n    fix: keep one of the two',
		],
		[
			'an empty file',
			() => '',
			"c.yaml:1:1  is not a configuration\n    fix: begin with the key 'messlo:'; messlo-bridge.example.yaml shows every key",
		],
		[
			'a file that is a list',
			() => '- a\n',
			"c.yaml:1:1  is not a configuration\n    fix: begin with the key 'messlo:'; messlo-bridge.example.yaml shows every key",
		],
	])('%s', (_, spoil, expected) => {
		expect(problems(spoil(GOOD))).toContain(expected);
	});

	test('all are told at once, in the order of the file', () => {
		const found = problems(
			'messlo: { apiKye: 1 }\nserver: { port: x }\nsources: [{ id: A B, kind: shopify }]\nstore: { url: 5 }\n',
		);
		expect(found.map((each) => each.split('  ')[0])).toEqual(
			expect.arrayContaining(['c.yaml:1:11', 'c.yaml:2:17', 'c.yaml:3:17', 'c.yaml:4:15']),
		);
		expect(found.map((each) => Number(each.split(':')[1]))).toEqual(
			found.map((each) => Number(each.split(':')[1])).toSorted((a, b) => a - b),
		);
	});
});

test('settings are printed without a single secret', () => {
	const config = read(
		GOOD.replace('secrets: [s]', 'secrets: [very-secret-1, very-secret-2], adminToken: very-secret-3'),
	);
	const { messlo, store } = config;
	const key = Buffer.alloc(32, 'k');
	const printed = JSON.stringify(
		redactedConfig({
			...config,
			messlo: { ...messlo, apiKey: 'very-secret-4' },
			store: { ...store, key, oldKeys: [key] },
		}),
	);
	expect(printed).not.toContain('very-secret');
	expect(printed).not.toContain('admin-token-1234');
	expect(JSON.parse(printed)).toMatchObject({
		messlo: { apiKey: 'set' },
		store: { key: 'set', oldKeys: '1 set' },
		sources: [{ secrets: '2 set', adminToken: 'set', shop: 'acme.myshopify.com' }],
	});
});
