import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliProcess, runCli, writeConfig } from '../../support/cli';
import { freePort } from '../../n8n/support/free-port';
import { shopifyFixture, signedShopify } from '../../support/shopify';

const PHONE = '+919876543211';

let bridge: Awaited<ReturnType<typeof CliProcess.bridge>> | undefined;
afterEach(() => bridge?.kill('SIGKILL'));

test('a person is found, exported and erased in the bridge that runs; without one the command says what to do', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'messlo-person-'));
	const config = writeConfig(folder, { port: await freePort() });
	const person = (action: string) => runCli(['person', action, PHONE, '--config', config]);

	const alone = await person('find');
	expect(alone.code).toBe(1);
	expect(alone.stderr).toMatch(/The bridge does not answer at 127\.0\.0\.1:\d+ .*Start it, then run this again/);

	bridge = await CliProcess.bridge(config);
	const { headers, body } = signedShopify(shopifyFixture('orders-create.in-phone-only-in-shipping'));
	await fetch(`${bridge.url}/webhooks/shopify/acme`, { method: 'POST', headers, body: new Uint8Array(body) });
	await bridge.line(({ stage }) => stage === 'mapped');

	expect((await person('find')).stdout).toMatch(/evt_1 {2}acme {2}6310000015838 {2}\w+\n1 events\./);
	const exported = JSON.parse((await person('export')).stdout) as { events: { body: string }[] };
	expect(exported.events[0]?.body).toContain('Rohit');
	expect((await person('erase')).stdout).toMatch(/^Erased: 1 events, 1 messages, \d documents\.\n$/);
	expect((await person('find')).stdout).toBe('Nothing is kept of this number.\n');
	bridge.kill('SIGTERM');
	expect((await bridge.finished).code).toBe(0);
	rmSync(folder, { recursive: true, force: true });
});
