import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { envFileOf, setInEnvFile, withEnvFile } from '../../../bridge/src/config/env-file';
import { runCli, writeConfig } from '../../support/cli';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-env-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test('the file has the name of the configuration and lies beside it', () => {
	expect(envFileOf('/etc/bridge/messlo-bridge.yaml')).toBe('/etc/bridge/messlo-bridge.env');
	expect(envFileOf('my.shop.yml')).toBe('my.shop.env');
});

test('what is set already wins, and an empty variable counts as unset', () => {
	const variables = withEnvFile({ A: 'own', B: '', C: undefined }, 'A=file\nB=file # not this\nC="a file"\n# D=1\n');
	expect(variables).toEqual({ A: 'own', B: 'file', C: 'a file' });
});

test('a value is written as it is read, whatever is in it; other lines and comments stay', () => {
	const before = '# mine\nexport FIRST=1 # one\nKEY=old\nLAST="2"\n';
	const value = fc
		.oneof(
			fc.string({ unit: 'grapheme', maxLength: 30 }),
			fc.string({ unit: fc.constantFrom(...'\'"`\\n#$ =a'), maxLength: 8 }),
		)
		.filter((text) => !/[\r\n\0]/.test(text));
	fc.assert(
		fc.property(value, (text) => {
			fc.pre(!(text.includes("'") && text.includes('`') && /["\\]/.test(text)));
			const after = setInEnvFile(before, { KEY: text, NEW_KEY: text });
			expect(parseEnv(after)).toEqual({ FIRST: '1', KEY: text, LAST: '2', NEW_KEY: text });
			expect(after.split('\n').slice(0, 2)).toEqual(['# mine', 'export FIRST=1 # one']);
		}),
		{ numRuns: 500 },
	);
	expect(() => setInEnvFile('', { KEY: '\'"`' })).toThrow(/^The value of KEY has line breaks or every kind of quote/);
});

test('commands take secrets from it, and the environment over it', async () => {
	const config = writeConfig(folder, { more: 'company: { name: "${SHOP_NAME}" }' });
	expect((await runCli(['check', '--config', config])).stderr).toContain('SHOP_NAME is not set');
	writeFileSync(join(folder, 'messlo-bridge.env'), 'SHOP_NAME=Acme\nLOG_LEVEL=loud\n');
	expect((await runCli(['check', '--config', config])).stderr).toContain("LOG_LEVEL is 'loud'");
	expect(await runCli(['check', '--config', config], { LOG_LEVEL: 'info' })).toMatchObject({ code: 0 });
});

test('one that cannot be read is an error that names it', async () => {
	const config = writeConfig(folder);
	mkdirSync(join(folder, 'messlo-bridge.env'));
	const { code, stderr } = await runCli(['check', '--config', config]);
	expect([code, stderr]).toEqual([1, expect.stringMatching(/messlo-bridge\.env cannot be read \(EISDIR/)]);
});
