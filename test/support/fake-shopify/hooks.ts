import type { TestClock } from '../clock';
import { signedShopify } from '../shopify';
import { gid, type Rest } from './from-rest';

export interface Hook {
	id: string;
	topic: string;
	uri: string;
	format: string;
	failures: number;
}
interface Undelivered {
	topic: string;
	body: Buffer;
	webhookId: string;
	eventId: string;
	triggeredAt: string;
}

/** Consecutive failures after which Shopify removes a subscription made through the API. */
const PATIENCE = 8;

/** Subscriptions, and the webhooks that are posted to them, signed. */
export function createHooks(shop: string, secret: string, clock: TestClock) {
	const hooks: Hook[] = [];
	/** Deliveries that failed; the real shop sends them again for four hours. */
	const undelivered: Undelivered[] = [];
	const all: Undelivered[] = [];
	let [numbered, sent] = [0, 0];

	async function deliver(hook: Hook, what: Undelivered): Promise<boolean> {
		const { headers, body } = signedShopify(what.body, { secret, shop, ...what, topic: what.topic });
		const answer = await fetch(hook.uri, { method: 'POST', headers, body: new Uint8Array(body) }).catch(
			() => undefined,
		);
		const good = answer?.ok === true;
		hook.failures = good ? 0 : hook.failures + 1;
		if (hook.failures >= PATIENCE) hooks.splice(hooks.indexOf(hook), 1);
		return good;
	}
	const enumOf = (topic: string) => topic.toUpperCase().replace('/', '_');

	return {
		hooks,
		undelivered,
		/** True: what would be posted is lost. */
		lost: false,
		add(topic: string, uri: string, format = 'JSON'): Hook {
			numbered += 1;
			const hook = { id: gid('WebhookSubscription', 8844410000 + numbered), topic, uri, format, failures: 0 };
			hooks.push(hook);
			return hook;
		},
		async send(topic: string, resource: Rest): Promise<void> {
			for (const hook of hooks.filter((each) => each.topic === enumOf(topic))) {
				sent += 1;
				const what = {
					topic,
					body: Buffer.from(JSON.stringify(resource)),
					webhookId: `hook-${sent}`,
					eventId: `event-${sent}`,
					triggeredAt: clock.now().toISOString(),
				};
				all.push(what);
				if (this.lost || !(await deliver(hook, what))) undelivered.push(what);
			}
		},
		/** Sends again what was sent already, or was not: the same bytes, the same ids. */
		async repeat(): Promise<void> {
			for (const what of all.splice(0))
				for (const hook of hooks.filter((each) => each.topic === enumOf(what.topic))) await deliver(hook, what);
		},
		/** Sends again what failed: the same bytes, the same ids. */
		async redeliver(which: (what: Undelivered, index: number) => boolean = () => true): Promise<void> {
			for (const what of undelivered.splice(0).filter(which))
				for (const hook of hooks.filter((each) => each.topic === enumOf(what.topic))) await deliver(hook, what);
		},
	};
}
