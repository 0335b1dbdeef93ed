import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { configJsonSchema } from '../../../bridge/src/config/config-json-schema';
import { mappingJsonSchema } from '../../../bridge/src/mapping/mapping-json-schema';

const root = join(__dirname, '../../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

function validator(schema: string) {
	const ajv = new Ajv2020({ strict: false, allErrors: true });
	addFormats(ajv);
	const check = ajv.compile(JSON.parse(schema) as object);
	return (value: unknown) =>
		check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each([
	['bridge/messlo-bridge.schema.json', configJsonSchema],
	['bridge/mapping.schema.json', mappingJsonSchema],
])('%s is what the code says: npm run build && node scripts/write-schemas.mjs', (file, generate) => {
	expect(JSON.parse(text(file))).toEqual(JSON.parse(generate()));
});

test.each(['demo/messlo-bridge.yaml', 'messlo-bridge.example.yaml'])('editors find nothing wrong in %s', (file) => {
	expect(validator(text('bridge/messlo-bridge.schema.json'))(parse(text(file)))).toEqual([]);
});

test('editors find nothing wrong in the shipped mappings, and what is wrong in others', () => {
	const check = validator(text('bridge/mapping.schema.json'));
	const names = readdirSync(join(root, 'templates/messages')).filter((name) => !name.endsWith('.template.yaml'));
	for (const name of names) expect([name, check(parse(text(`templates/messages/${name}`)))]).toEqual([name, []]);
	expect(check({ on: 'order.creatd', template: 'a' })).not.toEqual([]);
	expect(check({ on: 'order.created', template: 'a', delays: '1h' })).not.toEqual([]);
});

test('every key of the configuration is described', () => {
	const undescribed: string[] = [];
	const walk = (node: Record<string, unknown>, path: string): void => {
		for (const [key, child] of Object.entries(Object(node['properties']) as Record<string, Record<string, unknown>>)) {
			if (child['description'] === undefined && child['const'] === undefined) undescribed.push(`${path}.${key}`);
			walk(child, `${path}.${key}`);
		}
	};
	walk(JSON.parse(configJsonSchema()) as Record<string, unknown>, '');
	expect(undescribed).toEqual([]);
});
