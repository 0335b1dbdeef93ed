/**
 * 1,000 items through Messlo → Send Template in a real n8n, beside n8n's HTTP Request node doing the same call with the same
 * credential. Each has an n8n of its own, so that neither's garbage counts for the other; rounds alternate.
 * Run `npm run build`, then `npx node scripts/with-n8n.mjs node bench/n8n.mts [rounds] [latency in ms]`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { N8nSession } from '../test/n8n/support/n8n-session.ts';
import { type N8nProcess, startN8n } from '../test/n8n/support/n8n-process.ts';
import { pack } from '../test/n8n/support/pack.ts';
import { chain, MANUAL, type WorkflowNode } from '../test/n8n/support/workflow.ts';

const root = resolve(import.meta.dirname, '..');
const [rounds, latencyMs] = [Number(process.argv[2] ?? 7), Number(process.argv[3] ?? 50)];
const ITEMS = 1000;
const SENDER = '911234567890';
const items = Array.from({ length: ITEMS }, (_, index) => ({
	json: { phone: `9198${String(10_000_000 + index)}`, name: `Person ${index}`, order: `A-${index}` },
}));

type Credential = Record<'messloApi', { id: string; name: string }>;
const messlo = (credentials: Credential): WorkflowNode => ({
	name: 'Send',
	type: 'n8n-nodes-messlo.messlo',
	typeVersion: 1,
	credentials,
	parameters: {
		resource: 'message',
		operation: 'sendTemplate',
		contact_no: '={{ $json.phone }}',
		whatsapp_phone_number: { __rl: true, mode: 'id', value: SENDER },
		template: { __rl: true, mode: 'id', value: 'order_update' },
		specifyVariables: 'fields',
		variables: { mappingMode: 'defineBelow', value: { 1: '={{ $json.name }}', 2: '={{ $json.order }}' } },
		additionalFields: { languageCode: 'en_US' },
	},
});
const httpRequest = (credentials: Credential, url: string): WorkflowNode => ({
	name: 'Send',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	credentials,
	parameters: {
		method: 'POST',
		url: `${url}/api/whatsapp/send`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'messloApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ contact_no: $json.phone, whatsapp_phone_number: '${SENDER}', messageType: 'template', templateName: 'order_update', languageCode: 'en_US', templateVariables: { 1: $json.name, 2: $json.order } }) }}`,
		options: {},
	},
});

interface Side {
	name: string;
	n8n: N8nProcess;
	session: N8nSession;
	node: WorkflowNode;
	ms: number[];
	growthMb: number[];
	inFlight: number;
}

const memory = (pid: number, field: 'VmHWM' | 'VmRSS'): number =>
	Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function asked<T>(child: ChildProcess): Promise<T> {
	child.send('how many');
	return ((await once(child, 'message')) as [T])[0];
}

async function round(side: Side, api: ChildProcess): Promise<void> {
	const { pid } = side.n8n;
	// Begins the peak anew (proc(5), clear_refs).
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const before = memory(pid, 'VmRSS');
	const workflow = { ...chain(side.name, MANUAL, side.node), pinData: { Start: items } };
	const execution = await side.session.run(workflow);
	const run = execution.data.resultData.runData['Send']?.[0];
	const { taken, mostInFlight } = await asked<{ taken: number; mostInFlight: number }>(api);
	if (execution.data.resultData.error || taken !== ITEMS || run?.data?.main?.[0]?.length !== ITEMS)
		throw new Error(`${side.name}: ${taken} messages, ${JSON.stringify(execution.data.resultData.error)}`);
	side.ms.push(run.executionTime);
	side.growthMb.push(memory(pid, 'VmHWM') - before);
	side.inFlight = Math.max(side.inFlight, mostInFlight);
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const api = fork(join(root, 'bench/n8n-api.mts'), [String(latencyMs)]);
const [port] = (await once(api, 'message')) as [number];
const url = `http://127.0.0.1:${port}`;
const { tarball } = pack(root);

async function side(name: string, node: (credentials: Credential, url: string) => WorkflowNode): Promise<Side> {
	const n8n = await startN8n({ runtime: process.env['MESSLO_N8N'], packages: { 'n8n-nodes-messlo': tarball } });
	const session = await N8nSession.open(n8n.url);
	const messloApi = await session.createCredential('messloApi', { apiKey: 'sandbox-api-key', baseUrl: url });
	return { name, n8n, session, node: node({ messloApi }, url), ms: [], growthMb: [], inFlight: 0 };
}

const sides: Side[] = [];
try {
	sides.push(await side('Messlo, Send Template', messlo), await side('HTTP Request', httpRequest));
	// The first of each only warms up.
	for (let count = 0; count <= rounds; count += 1) {
		for (const each of count % 2 ? sides : [...sides].reverse()) await round(each, api);
		if (count === 0) for (const each of sides) [each.ms, each.growthMb] = [[], []];
	}
	const [ours, theirs] = sides;
	if (!ours || !theirs) throw new Error('two sides');
	console.log(`${ITEMS} items, ${latencyMs} ms a call, medians of ${rounds} alternating rounds:`);
	for (const { name, n8n, ms, growthMb, inFlight } of sides)
		console.log(
			`  ${name.padEnd(22)} ${median(ms)} ms (${Math.min(...ms)}–${Math.max(...ms)}), peak of memory +${median(growthMb).toFixed(0)} MB in a round, ${memory(n8n.pid, 'VmRSS').toFixed(0)} MB in the end, at most ${inFlight} calls at once`,
		);
	// Of neighbours in time: a machine that is slow for a while is slow for both.
	const ratio = (of: 'ms' | 'growthMb'): number =>
		median(ours[of].map((value, index) => value / (theirs[of][index] ?? NaN)));
	const [time, space] = [ratio('ms'), ratio('growthMb')];
	console.log(`  Messlo : HTTP Request   time ${time.toFixed(2)}, memory ${space.toFixed(2)}`);
	process.exitCode = time <= 1 && space <= 1 ? 0 : 1;
} finally {
	await Promise.all(sides.map(({ n8n }) => n8n.close()));
	api.kill();
}
