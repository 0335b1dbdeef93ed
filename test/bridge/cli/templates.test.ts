import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { control } from '../../support/sandbox-control';
import { CliProcess, runCli, writeConfig } from '../../support/cli';

let folder: string;
let sandbox: Sandbox;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-templates-'));
	sandbox = await startSandbox();
});
afterEach(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});
/** Rows of the table: template and language, and what is said of them. */
const rowsOf = (stdout: string): Map<string, string> =>
	new Map(
		stdout.split('\n').flatMap((line) => {
			const found = /^([a-z]\w+) +([a-z]{2}(?:_[A-Z]{2})?) +(.*)$/.exec(line);
			return found ? [[`${found[1]} ${found[2]}`, found[3] ?? ''] as const] : [];
		}),
	);

test('lists what the mappings need; --push creates what is missing, once, and then all is ready', async () => {
	const config = writeConfig(folder, { api: sandbox.url });
	const before = await runCli(['templates', '--config', config]);
	expect([before.code, before.stderr]).toEqual([1, '']);
	const needed = rowsOf(before.stdout);
	expect(needed.size).toBeGreaterThan(10);
	expect(needed.get('checkout_invoice hi')).toMatch(/^missing .*order-confirmation.*--push/);
	expect(before.stdout).toMatch(new RegExp(`^0 of ${needed.size} ready\\.$`, 'm'));

	// A running bridge gives WhatsApp a sample of the invoice to look at.
	const bridge = await CliProcess.bridge(config);
	const port = Number(new URL(bridge.url).port);
	const pushed = await runCli(['templates', '--push', '--config', writeConfig(folder, { api: sandbox.url, port })]);
	expect(pushed.stdout).not.toContain('refused');
	expect(pushed.stdout.match(/^created /gm)).toHaveLength(needed.size);
	expect(pushed.stdout).toMatch(new RegExp(`^${needed.size} of ${needed.size} ready\\.$`, 'm'));
	expect([pushed.code, pushed.stderr]).toEqual([0, '']);
	bridge.kill('SIGTERM');
	await bridge.finished;

	const again = await runCli(['templates', '--push', '--config', config]);
	expect(again.code).toBe(0);
	expect(again.stdout).not.toMatch(/^created/m);
	expect([...rowsOf(again.stdout).keys()]).toEqual([...needed.keys()]);
});

test('a template that WhatsApp has not approved is not ready', async () => {
	const seeds = [{ name: 'order_paid', language: 'en_US', status: 'pending', message_body: 'Hi {{1}}, {{2}} {{3}}' }];
	await control(sandbox, 'templates', seeds);
	const { code, stdout } = await runCli(['templates', '--config', writeConfig(folder, { api: sandbox.url })]);
	expect(code).toBe(1);
	expect(rowsOf(stdout).get('order_paid en_US')).toMatch(/^pending/i);
});

test('an API that refuses the key, or is not there, says what to check', async () => {
	await control(sandbox, 'key', { revoked: true });
	const refused = await runCli(['templates', '--config', writeConfig(folder, { api: sandbox.url })]);
	expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/401.*Check messlo\.apiKey/)]);
	const gone = await runCli(['templates', '--config', writeConfig(folder)]);
	expect([gone.code, gone.stderr]).toEqual([1, expect.stringMatching(/cannot be reached.*Check messlo\.baseUrl/)]);
});
