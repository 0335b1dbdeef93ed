import { createHmac } from 'node:crypto';
import type { Config } from '../config/config';
import { reasonOf } from '../reason-of';
import { localAddress } from './local-address';

type ConfiguredSource = Config['sources'][number];

/** What came of posting a signed sample. `away`: nobody answers there. */
export type SampleOutcome =
	| { kind: 'taken'; url: string; detail: string }
	| { kind: 'refused'; url: string; detail: string }
	| { kind: 'away'; tried: string[] };

/** A topic that no shop has: the bridge checks and stores it like any other, and makes no message of it. */
const TOPIC = 'messlo/sample';

/**
 * Posts a sample that is signed as the shop signs, to the public address or else to this machine, wherever a bridge answers;
 * then asks that bridge what became of it. No message comes of it. Undefined for a source that nothing is posted to.
 */
export async function postSample(
	{ server }: Pick<Config, 'server'>,
	source: ConfiguredSource,
): Promise<SampleOutcome | undefined> {
	if (source.kind !== 'shopify' && source.kind !== 'woocommerce') return undefined;
	const tried = [...new Set([server.publicUrl, localAddress(server)])];
	for (const base of tried) {
		if (!(await isBridge(base))) continue;
		const url = `${base}/webhooks/${source.kind}/${source.id}`;
		const { body, headers } = signed(source);
		const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) }).catch(
			reasonOf,
		);
		if (typeof answer === 'string') return { kind: 'refused', url, detail: answer };
		const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
		if (answer.ok) return { kind: 'taken', url, detail: await became(base, server.adminToken, said) };
		return { kind: 'refused', url, detail: `${answer.status} ${adviceOn(answer.status, said, source.id)}` };
	}
	return { kind: 'away', tried };
}

async function isBridge(base: string): Promise<boolean> {
	const answer = await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
	return answer?.ok === true;
}

function adviceOn(status: number, said: Record<string, unknown>, id: string): string {
	if (status === 404)
		return `The bridge that runs there does not know '${id}' yet: start it again, so that it reads its configuration. Then: messlo-bridge smoke --source ${id}`;
	if (said['reason'] === 'bad-signature')
		return 'The bridge that runs there has another secret for this source: start it again, so that it reads its configuration.';
	return String(said['detail'] ?? '');
}

async function became(base: string, token: string, said: Record<string, unknown>): Promise<string> {
	const event = said['event'];
	if (typeof event !== 'string') return 'the signature is good';
	const answer = await fetch(`${base}/api/v1/events/${event}`, {
		headers: { authorization: `Bearer ${token}` },
		signal: AbortSignal.timeout(5000),
	}).catch(() => undefined);
	return `the signature is good; stored as ${event}${answer?.ok ? ', and no message comes of it' : ''}`;
}

function signed(source: Extract<ConfiguredSource, { secrets: string[]; testOrders: boolean }>): {
	body: string;
	headers: Record<string, string>;
} {
	const id = `sample-${Date.now()}`;
	const body = JSON.stringify({ id: Date.now(), sample: 'posted by messlo-bridge to see that webhooks arrive' });
	const signature = createHmac('sha256', source.secrets[0] ?? '')
		.update(body)
		.digest('base64');
	const type = { 'content-type': 'application/json' };
	if (source.kind === 'shopify')
		return {
			body,
			headers: {
				...type,
				'x-shopify-topic': TOPIC,
				'x-shopify-shop-domain': source.shop,
				'x-shopify-api-version': '2026-10',
				'x-shopify-webhook-id': id,
				'x-shopify-event-id': id,
				'x-shopify-triggered-at': new Date().toISOString(),
				'x-shopify-hmac-sha256': signature,
			},
		};
	const [resource = '', event = ''] = TOPIC.split('/');
	return {
		body,
		headers: {
			...type,
			'x-wc-webhook-source': `${source.url}/`,
			'x-wc-webhook-topic': `${resource}.${event}`,
			'x-wc-webhook-resource': resource,
			'x-wc-webhook-event': event,
			'x-wc-webhook-id': '0',
			'x-wc-webhook-delivery-id': id,
			'x-wc-webhook-signature': signature,
		},
	};
}
