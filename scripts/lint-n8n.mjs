/**
 * n8n's own lint, with n8n's unchanged rules, over what is published: first the sources, then the descriptions of the built
 * nodes, written out as literals, since the rules cannot see a field that is made from the catalogue. Build first.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = createRequire(join(root, 'tools/n8n/package.json'));
const { ESLint } = tools('eslint');
const { config } = await import(pathToFileURL(tools.resolve('@n8n/node-cli/eslint')).href);

async function lint(cwd, patterns, more = []) {
	const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [...config, ...more] });
	const found = (await eslint.lintFiles(patterns)).flatMap(({ filePath, messages, source }) =>
		messages.map(({ line, ruleId, message }) => {
			const lines = (source ?? readFileSync(filePath, 'utf8')).split('\n');
			const near = [lines.slice(line - 1, line + 4), lines.slice(0, line).reverse()].flat();
			const property = /displayName: '(.*)'/.exec(near.find((each) => each.includes('displayName:')))?.[1];
			return `${relative(cwd, filePath)}:${line} ${property ? `(${property}) ` : ''}${ruleId}: ${message}`;
		}),
	);
	for (const each of found) console.log(each);
	return found.length === 0;
}

/** The same class as a person would have written it who copies the description by hand. */
function writtenOut(name, { description, ...methods }) {
	const { inputs, outputs, ...rest } = description;
	const connections = (types) => `[${types.map(() => 'NodeConnectionTypes.Main').join(', ')}]`;
	const body = inspect(rest, {
		depth: null,
		maxArrayLength: null,
		maxStringLength: null,
		breakLength: Infinity,
		compact: false,
	});
	return `import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

export class ${name} implements INodeType {
	description: INodeTypeDescription = {
		inputs: ${connections(inputs)},
		outputs: ${connections(outputs)},
		${body.slice(1, -1).trim()}
	};
	${Object.keys(methods).length > 0 ? 'methods = {};' : ''}
}
`;
}

/** Rules that ask how a source is written; what is written out here has no code to ask of. */
const ABOUT_CODE = { rules: { 'import-x/no-unresolved': 'off' } };

const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sources = await lint(root, ['package.json', 'nodes/**/*.ts', 'credentials/**/*.ts']);

const folder = mkdtempSync(join(tmpdir(), 'messlo-lint-'));
try {
	for (const file of ['package.json', 'nodes', 'credentials'])
		cpSync(join(root, file), join(folder, file), { recursive: true });
	// A node's built class is loaded where its n8n-workflow is to be found.
	process.env.NODE_PATH = join(root, 'tools/n8n/node_modules');
	createRequire(import.meta.url)('node:module').Module._initPaths();
	const written = n8n.nodes.map((built) => {
		const name = basename(built, '.node.js');
		const to = join(folder, dirname(built).replace(/^dist\//, ''), `${name}.node.ts`);
		mkdirSync(dirname(to), { recursive: true });
		writeFileSync(to, writtenOut(name, new (createRequire(import.meta.url)(join(root, built))[name])()));
		return to;
	});
	const descriptions = await lint(folder, written, [ABOUT_CODE]);
	process.exitCode = sources && descriptions ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
