import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replay } from '../../../bridge/src/cli/replay';
import { settle } from '../../../bridge/src/cli/settle';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { CliProcess, runCli, writeConfig } from '../../support/cli';
import { freePort } from '../../n8n/support/free-port';
import { control, takenBy } from '../../support/sandbox-control';
import { shopifyFixture, shopifyFixtureWith, signedShopify } from '../../support/shopify';

// A cancellation carries no document, so no time goes into an invoice.
const ORDER = 'orders-cancelled.hk-captured';
const TEMPLATE = {
	name: 'order_cancelled',
	language: 'en_US',
	message_body: 'Hi {{1}}, your order {{2}} has been cancelled.',
};
let folder: string;
let config: string;
let sandbox: Sandbox;
let bridge: Awaited<ReturnType<typeof CliProcess.bridge>> | undefined;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-held-'));
	sandbox = await startSandbox();
	await control(sandbox, 'templates', [TEMPLATE]);
	config = writeConfig(folder, { api: sandbox.url, port: await freePort() });
});
afterEach(async () => {
	bridge?.kill('SIGKILL');
	await bridge?.finished;
	bridge = undefined;
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

const cli = (...args: string[]) => runCli([...args, '--config', config]);
const post = async (body: Buffer, webhookId: string) => {
	const signed = signedShopify(body, { topic: 'orders/cancelled', webhookId, eventId: webhookId });
	await fetch(`${bridge?.url}/webhooks/shopify/acme`, {
		method: 'POST',
		headers: signed.headers,
		body: new Uint8Array(signed.body),
	});
};
/** The bridge has told that a message came to this state. */
const came = (stage: string, message: string) =>
	bridge?.line((line) => line['stage'] === stage && line['message'] === message);

test('what waits for a person is listed with both choices as commands, and each does what it says', async () => {
	expect((await cli('held')).stderr).toMatch(/The bridge does not answer.*Start it/);
	const refusal = { operation: 'sendMessage', status: 422, body: { message: 'no such thing' } };
	await control(sandbox, 'faults', [refusal, refusal]);
	bridge = await CliProcess.bridge(config);

	for (const id of [1, 2]) await post(shopifyFixtureWith(ORDER, { id, name: `#${id}` }), `w${id}`);
	for (const id of ['msg_1', 'msg_2']) await came('held', id);
	const { stdout } = await cli('held');
	expect(stdout).toMatch(/^msg_2 {2}2 {2}order_cancelled {2}\+85…\d\d {2}held$/m);
	expect(stdout).toMatch(/mend what it says and replay\. The API said: no such thing/);
	expect(stdout).toMatch(/^ {2}messlo-bridge replay msg_1 +# the cause is mended: send it$/m);
	expect(stdout).toMatch(/^ {2}messlo-bridge settle msg_1 --cancel +# nobody needs it any more$/m);
	expect(stdout).toMatch(/^2 messages wait for a person\.$/m);
	expect(stdout).not.toMatch(/\+852\d/);

	expect((await cli('replay', 'msg_1')).stdout).toBe('msg_1 is sent again.\n');
	await came('sent', 'msg_1');
	expect((await cli('settle', 'msg_2', '--cancel')).stdout).toBe('msg_2 is cancelled.\n');
	expect((await cli('held')).stdout).toBe('No message waits for a person.\n');
	expect(await takenBy(sandbox)).toHaveLength(1);

	expect((await cli('replay', 'msg_1')).stderr).toMatch(
		/only held, failed, skipped and cancelled ones.*What was sent is not sent again/,
	);
	expect((await cli('settle', 'msg_1', '--arrived')).stderr).toMatch(
		/The message is (sent|delivered|read).*only held and unknown/,
	);
	expect((await cli('replay', 'evt_1')).stdout).toMatch(
		/^evt_1: Read and mapped again; messages that were sent already are not sent again/,
	);
}, 120_000);

test('a message of which nobody can tell whether it arrived: seen in the chat, it counts as sent and is never sent again', async () => {
	// Taken, and no answer; and the thread is not readable.
	await control(sandbox, 'faults', [
		{ operation: 'sendMessage', reset: 'after' },
		{ operation: 'listMessages', status: 503, times: 'always' },
		{ operation: 'listContacts', status: 503, times: 'always' },
	]);
	bridge = await CliProcess.bridge(config);
	await post(shopifyFixture(ORDER), 'w1');
	await came('unknown', 'msg_1');
	const { stdout } = await cli('held');
	expect(stdout).toMatch(/^msg_1 .* unknown$/m);
	expect(stdout).toMatch(/^ {2}messlo-bridge settle msg_1 --arrived +# you see it in the chat/m);
	expect((await cli('settle', 'msg_1', '--arrived')).stdout).toBe('msg_1 counts as sent; it is not sent again.\n');
	expect((await cli('held')).stdout).toBe('No message waits for a person.\n');
	expect((await cli('replay', 'msg_1')).code).toBe(1);
	expect(await takenBy(sandbox)).toHaveLength(1);
}, 120_000);

test('an id that is none, and a word that is missing, are told before anything is asked', async () => {
	await expect(replay({ id: 'order-7', variables: {} })).rejects.toThrow(
		/is no id of a message \(msg_57\) or an event/,
	);
	await expect(settle({ id: 'evt_1', arrived: true, variables: {} })).rejects.toThrow(/is no id of a message/);
	for (const both of [false, true])
		await expect(settle({ id: 'msg_1', arrived: both, cancel: both, variables: {} })).rejects.toThrow(
			/--arrived when it is in the chat, --cancel/,
		);
});
