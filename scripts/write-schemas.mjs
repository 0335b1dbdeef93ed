// Writes bridge/messlo-bridge.schema.json and bridge/mapping.schema.json from the zod schemas, as built: npm run build first.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const built = createRequire(new URL('../bridge/dist/bridge/src/', import.meta.url));

async function write(name, text) {
	const file = fileURLToPath(new URL(`../bridge/${name}`, import.meta.url));
	writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

await write('messlo-bridge.schema.json', built('./config/config-json-schema').configJsonSchema());
await write('mapping.schema.json', built('./mapping/mapping-json-schema').mappingJsonSchema());
