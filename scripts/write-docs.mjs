/**
 * Writes the tables of README and docs/ that the code knows best, between markers; `--check` only compares (exit 1 on a difference).
 * Reads the sources as they are, without a build. Run with the project's own Node: npx node scripts/write-docs.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// The sources import each other without '.ts', as TypeScript and Jest resolve them; Node needs the whole name.
registerHooks({
	resolve(specifier, context, next) {
		try {
			return next(specifier, context);
		} catch (error) {
			if (!specifier.startsWith('.') || specifier.endsWith('.ts')) throw error;
			return next(`${specifier}.ts`, context);
		}
	},
});

const root = new URL('..', import.meta.url);
const source = (path) => import(new URL(`bridge/src/${path}.ts`, root).href);
const text = (path) => readFileSync(new URL(path, root), 'utf8');

const cell = (value) => String(value).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (heads, rows) =>
	[heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const code = (value) => `\`${value}\``;
const list = (values = []) => values.map(code).join(', ');

const UNITS = [
	['d', 86_400_000],
	['h', 3_600_000],
	['min', 60_000],
	['s', 1_000],
];

/** 5400000 → "1 h 30 min" */
function span(ms) {
	const parts = [];
	let rest = Math.round(ms / 1000) * 1000;
	for (const [unit, size] of UNITS) {
		const count = Math.floor(rest / size);
		if (count > 0) parts.push(`${count} ${unit}`);
		rest -= count * size;
	}
	return parts.slice(0, 2).join(' ') || '0 s';
}

const THEN = {
	retry: 'tried again (retry table)',
	'slow-pair': 'tried again; nothing else leaves for this person meanwhile',
	'slow-down':
		'tried again; its sender pauses for what the API asks, else a second and more each time, then tries one message',
	hold: '`held` until it is mended and replayed',
	'hold-template': '`held` with all others of this template and language; released when the template is approved again',
	failed: '`failed`: not tried again',
	stop: 'stays `waiting`; its sender stops for what the API asks, else a minute, then one message is tried',
};

async function outcomes() {
	const { RULES } = await source('delivery/outcomes');
	return table(
		['WhatsApp codes', 'HTTP status', 'outcome', 'then', 'means'],
		RULES.map(({ codes, range, statuses, name, then, means }) => [
			[list(codes), ...(range ? [range.map(code).join(' to ')] : [])].filter((each) => each !== '').join(', '),
			list(statuses),
			code(name),
			THEN[then] ?? then,
			means,
		]),
	);
}

async function retries() {
	const { RETRY, nextAttempt } = await source('delivery/retry');
	const start = new Date(0);
	const waits = [];
	for (let attempts = 1; ; attempts += 1) {
		const next = nextAttempt({ attempts, now: start, random: 0 });
		if (next === undefined) break;
		waits.push(next.getTime());
	}
	const rows = [];
	let total = 0;
	waits.forEach((wait, index) => {
		total += wait;
		if (index < RETRY.waitsMs.length || index === waits.length - 1) rows.push([index + 2, span(wait), span(total)]);
		else if (index === RETRY.waitsMs.length) rows.push(['…', span(wait), '…']);
	});
	return [
		table(['attempt', 'after a wait of', 'since the first'], rows),
		'',
		`Every wait is lengthened by up to ${RETRY.jitter * 100} %, so that a thousand messages do not come back in one second. A \`Retry-After\` of the API wins, up to ${span(RETRY.longestAskedMs)}. After ${RETRY.maxAttempts} attempts the message is \`held\`.`,
	].join('\n');
}

async function looks() {
	const { nextLook } = await source('delivery/retry');
	const waits = [];
	for (let at = nextLook(0, new Date(0)); at; at = nextLook(waits.length, new Date(0))) waits.push(span(at.getTime()));
	return `Waits between looks: ${waits.join(', ')}; then no more.`;
}

async function refusals() {
	const { refuse } = await source('sources/shopify/refusals');
	const delivery = { source: 'acme', topic: '', deliveryKey: '', body: '', headers: {} };
	const made = [
		refuse.noSecret('acme'),
		refuse.emptyBody(),
		refuse.missingSignature(),
		refuse.badSignature('acme.myshopify.com', ''),
		refuse.missingHeaders(['x-shopify-topic']),
		refuse.wrongShop('acme.myshopify.com', 'other.myshopify.com'),
		refuse.unsupportedContentType('text/xml', delivery),
		refuse.unreadableBody(delivery),
	];
	if (made.length !== Object.keys(refuse).length) throw new Error('write-docs.mjs does not show every refusal');
	return table(
		['status', 'reason', 'detail', 'kept'],
		made.map((each) => [each.status, code(each.reason), each.detail, each.delivery ? 'yes, as `unreadable`' : '']),
	);
}

/** Of the schema for editors, whose descriptions are those of the code; defaults also from a configuration with none set. */
async function configuration() {
	const schema = JSON.parse(text('bridge/messlo-bridge.schema.json'));
	const { configSchema } = await source('config/config-schema');
	const least = configSchema.parse({
		messlo: { apiKey: 'k', sender: '911234567890' },
		server: { adminToken: 'at-least-12-characters' },
		sources: [{ id: 'acme', kind: 'shopify', shop: 'acme.myshopify.com', secrets: ['s'] }],
	});
	const heads = ['key', 'default', 'what'];
	const rowsOf = (node, prefix, filled) =>
		Object.entries(node.properties).flatMap(([key, part]) => {
			const { description = '', default: fallback, const: fixed, properties } = part;
			const value = fallback ?? filled?.[key];
			const name = `${prefix}${key}`;
			if (properties) return [[code(name), '', description], ...rowsOf(part, `${name}.`, value)];
			const isEmpty = value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
			const shown = node.required?.includes(key) ? '**required**' : isEmpty ? '' : code(value);
			return [[code(name), shown, fixed === undefined ? description : `\`${fixed}\``]];
		});
	const parts = [];
	const plain = [];
	for (const [key, node] of Object.entries(schema.properties)) {
		if (key === '$schema' || key === 'sources') continue;
		if (node.properties === undefined) plain.push([code(key), '', node.description]);
		else
			parts.push(
				`### ${key}`,
				node.description,
				table(heads, rowsOf({ ...node, required: node.required }, `${key}.`, least[key])),
			);
	}
	parts.push('### At the top', table(heads, plain));
	for (const kind of schema.properties.sources.items.oneOf) {
		const { const: name } = kind.properties.kind;
		parts.push(
			`### sources, kind ${name}`,
			table(heads, rowsOf(kind, '', name === 'shopify' ? least.sources[0] : undefined)),
		);
	}
	return parts.join('\n\n');
}

async function metrics() {
	const { createMetrics } = await source('metrics');
	const { registry } = createMetrics(async () => ({ events: {}, messages: {} }));
	const found = await registry.getMetricsAsJSON();
	const labels = {
		messlo_bridge_ledger: ['table', 'state'],
		messlo_bridge_webhooks_total: ['source', 'result'],
		messlo_bridge_attempts_total: ['outcome'],
	};
	return table(
		['metric', 'type', 'labels', 'what'],
		found
			.filter(({ name }) => name.startsWith('messlo_'))
			.map(({ name, type, help }) => [code(name), type, list(labels[name]), help]),
	);
}

async function mapping() {
	const { properties, required } = JSON.parse(text('bridge/mapping.schema.json'));
	return table(
		['key', 'default', 'what'],
		Object.entries(properties)
			.filter(([key]) => key !== '$schema')
			.map(([key, { description = '', default: fallback }]) => [
				code(key),
				required.includes(key) ? '**required**' : ['string', 'boolean'].includes(typeof fallback) ? code(fallback) : '',
				description,
			]),
	);
}

/** Orders bring the most names, and the others overlap with them. */
const isOfShop = (event) => /^(order|shipment|checkout)\./.test(event);

async function names() {
	const { vocabularyFor } = await source('mapping/vocabulary');
	const { onceFor } = await source('mapping/once');
	const { DOMAIN_EVENTS } = await source('domain');
	const brought = (event) => Object.keys(vocabularyFor([event]));
	const always = DOMAIN_EVENTS.map(brought).reduce((all, each) => all.filter((name) => each.includes(name)));
	const events = table(
		['event', 'brings besides', 'once for each'],
		DOMAIN_EVENTS.map((event) => [
			code(event),
			list(brought(event).filter((name) => !always.includes(name))),
			code(onceFor(event)),
		]),
	);
	const shown = (kind) =>
		Object.entries(kind.fields).map(([name, each]) =>
			code(typeof each === 'string' ? name : 'list' in each ? `${name}[]` : `${name}.`),
		);
	const rows = [];
	const walk = (name, kind) => {
		if (typeof kind === 'string') {
			const anything =
				name === 'row' ? 'the columns by their names in the header, and `number`' : 'whatever the source sent';
			rows.push([code(name), kind === 'any' ? anything : '']);
			return;
		}
		const inner = 'list' in kind ? kind.list : kind;
		if (typeof inner === 'string') return;
		rows.push([code('list' in kind ? `${name}[]` : name), shown(inner).join(', ')]);
		for (const [field, each] of Object.entries(inner.fields))
			if (typeof each !== 'string' && !rows.some(([known]) => known === code(field) || known === code(`${field}[]`)))
				walk(field, each);
	};
	const all = { ...vocabularyFor(DOMAIN_EVENTS), ...vocabularyFor(DOMAIN_EVENTS.filter(isOfShop)) };
	for (const [name, kind] of Object.entries(all))
		if (name !== 'checkout' && !rows.some(([known]) => known === code(name))) walk(name, kind);
	return [
		`${list(always)} are there for every event; in those of calendars \`event\` has the fields of \`appointment\` too.`,
		'',
		events,
		'',
		table(['object', 'fields (`.` an object, `[]` a list)'], rows),
	].join('\n');
}

async function operations() {
	const { operationsTable } = await import(new URL('catalog/table.ts', root).href);
	return operationsTable();
}

const FILES = {
	'README.md': { operations },
	'docs/architecture.md': { outcomes, retries, looks },
	'docs/mappings.md': { mapping, names },
	'docs/operations.md': { configuration, refusals, metrics },
};

const checking = process.argv.includes('--check');
const stale = [];
for (const [file, sections] of Object.entries(FILES)) {
	const before = text(file);
	let after = before;
	for (const [name, write] of Object.entries(sections)) {
		const between = new RegExp(`(<!-- generated: ${name}\\b[^>]*-->\\n)[^]*?(<!-- end: ${name} -->)`);
		if (!between.test(after))
			throw new Error(`${file} has no markers '<!-- generated: ${name} -->' and '<!-- end: ${name} -->'`);
		const made = await write();
		after = after.replace(between, (_, open, close) => `${open}\n${made}\n\n${close}`);
	}
	if (after === before) continue;
	stale.push(file);
	if (!checking) writeFileSync(new URL(file, root), after);
}
if (stale.length > 0)
	console.log(`${stale.join(', ')} ${checking ? 'differs from the code: npx node scripts/write-docs.mjs' : 'written'}`);
process.exit(checking && stale.length > 0 ? 1 : 0);
