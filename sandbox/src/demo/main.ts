import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root';
import { readEnvironment } from '../environment';
import { startSandbox } from '../sandbox';
import { pushTemplates, startBridgeProcess } from './bridge-process';
import { Narrator } from './narrate';
import { sampleOrder } from './sample-order';

const TOKEN = 'demo-admin-token';
const say = (line: string) => {
	console.log(line);
};

/** `npm start` without a key: the sandbox, the bridge and one order's way through both; then it waits for yours. */
async function main(): Promise<void> {
	// The sandbox forgets when it stops, so the demo's ledger begins anew with it.
	rmSync(join(projectRoot(), 'data', 'demo'), { recursive: true, force: true });
	const sandbox = await startSandbox({ ...readEnvironment(), deliveryMs: { delivered: 700, read: 2200 } });
	say(`Sandbox of the Messlo API   ${sandbox.url}   (this is the phone: open it in a browser)`);

	let url = '';
	let invited = false;
	const narrator = new Narrator(say, (stage, message, event) => {
		if (stage === 'sent') void links(url, sandbox.url, message, event);
		if (stage === 'read' && !invited) {
			invited = true;
			invitation(url);
		}
	});
	const bridge = startBridgeProcess((line) => {
		narrator.tell(line);
	});
	process.once('exit', () => bridge.child.kill());
	let stopping = false;
	const stop = () => {
		if (stopping) return;
		stopping = true;
		say('\nStopping: what is under way is finished first …');
		bridge.child.kill('SIGTERM');
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	bridge.child.once('exit', (code) => {
		void sandbox.close().then(() => {
			if (stopping) say('Stopped.');
			process.exit(stopping ? 0 : (code ?? 1));
		});
	});

	url = await bridge.ready;
	say(`Bridge                      ${url}   (messlo-bridge start --config demo/messlo-bridge.yaml)`);
	const pushed = await pushTemplates();
	say(`Templates                   ${pushed.trim().split('\n').at(-1)}   (messlo-bridge templates --push)`);

	const { body, headers, name } = sampleOrder(new Date());
	say(`\nOrder ${name}, a real Shopify payload of ${body.length} bytes, is posted to ${url}/webhooks/shopify/acme`);
	const answer = await fetch(`${url}/webhooks/shopify/acme`, { method: 'POST', headers, body: new Uint8Array(body) });
	if (!answer.ok) throw new Error(`The bridge refused the sample order: ${answer.status} ${await answer.text()}`);
}

async function links(bridge: string, phone: string, message: string, event: string): Promise<void> {
	const answer = await fetch(`${bridge}/api/v1/messages/${message}`, { headers: { authorization: `Bearer ${TOKEN}` } });
	const { mediaUrl } = (await answer.json()) as { mediaUrl: string | null };
	say(`                record      curl -H 'Authorization: Bearer ${TOKEN}' ${bridge}/api/v1/events/${event}`);
	say(`                PDF         ${mediaUrl}`);
	say(`                phone       ${phone}/`);
}

function invitation(bridge: string): void {
	say(
		`\nYour turn: post an order to ${bridge}/webhooks/shopify/acme, signed with demo-shopify-secret (README: "Post one yourself").`,
	);
	say('Ctrl-C stops.');
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
