import { z } from 'zod';
import { reasonOf } from '../../../reason-of';
import type { Subscriptions } from '../../shop-admin';
import { ShopError } from '../../shop-error';
import type { Shop } from './client';
import { unreachable } from './delivery-address';

/** Everything that a mapping can be about, and the two that withdraw and bring back. */
export const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'order.restored'] as const;
type Topic = (typeof TOPICS)[number];

const webhookSchema = z.looseObject({
	id: z.union([z.int(), z.string()]).transform(String),
	topic: z.string(),
	status: z.string(),
	delivery_url: z.string(),
});
type Webhook = z.infer<typeof webhookSchema>;

/**
 * WooCommerce switches a webhook off after its seventh failure in a row, tells nobody, and never tries a delivery again.
 * Ours are known by address and topic; all others are left alone. `signed` is false until the secret is known to be the shop's:
 * it never shows the one it has, so those present are given ours once in the life of the process.
 */
export async function subscribe(
	shop: Shop,
	{ source, address, secret, signed }: { source: string; address: string; secret: string | undefined; signed: boolean },
): Promise<Subscriptions> {
	const result: Subscriptions = { present: [], created: [], mended: [], refused: [] };
	const problem = problemOfSecret(secret) ?? unreachable(address, shop.host);
	if (problem !== undefined || secret === undefined)
		return { ...result, refused: TOPICS.map((topic) => ({ topic, reason: problem ?? '' })) };

	const ours = (await allWebhooks(shop)).filter(({ delivery_url: url }) => isSame(url, address));
	for (const topic of TOPICS) {
		const existing = ours.filter((webhook) => webhook.topic.toLowerCase() === topic);
		try {
			result[await put(shop, topic, existing, { source, address, secret, signed })].push(topic);
		} catch (error) {
			// Away: nothing can be said of any topic.
			if (!(error instanceof ShopError) || error.kind === 'later') throw error;
			result.refused.push({ topic, reason: reasonOf(error) });
		}
	}
	return result;
}

async function put(
	shop: Shop,
	topic: Topic,
	existing: Webhook[],
	{ source, address, secret, signed }: { source: string; address: string; secret: string; signed: boolean },
): Promise<'present' | 'created' | 'mended'> {
	const active = existing.filter(({ status }) => status === 'active');
	if (active.length > 0) {
		for (const { id } of signed ? [] : active) await sign(shop, id, secret);
		return 'present';
	}
	const [first] = existing;
	if (first === undefined) {
		const name = `messlo-bridge ${source} ${topic}`;
		await shop.ask('post', 'webhooks', { body: { name, topic, delivery_url: address, secret, status: 'active' } });
		return 'created';
	}
	await shop.ask('put', `webhooks/${first.id}`, { body: { status: 'active', secret } });
	return 'mended';
}

/** With a key that may only read, they keep the secret that they have. */
async function sign(shop: Shop, id: string, secret: string): Promise<void> {
	try {
		await shop.ask('put', `webhooks/${id}`, { body: { secret } });
	} catch (error) {
		if (!(error instanceof ShopError) || error.kind !== 'refused') throw error;
	}
}

async function allWebhooks(shop: Shop): Promise<Webhook[]> {
	const found: Webhook[] = [];
	for (let page = 1, pages = 1; page <= pages; page += 1) {
		const answer = await shop.ask('get', 'webhooks', { query: { per_page: '100', page: String(page), orderby: 'id' } });
		found.push(...z.array(webhookSchema).catch([]).parse(answer.data));
		pages = answer.pages ?? pages;
	}
	return found;
}

/** WooCommerce decodes HTML entities of a secret before it signs, and its form trims it. */
function problemOfSecret(secret: string | undefined): string | undefined {
	if (secret === undefined || secret === '') return 'no secret is configured. → Add one under `secrets` of the source.';
	if (/^[A-Za-z0-9]+$/.test(secret)) return undefined;
	return 'the first of the secrets has other characters than letters and digits, which WooCommerce may change before it signs. → Write a new one first, for example from: openssl rand -hex 24';
}

/** As the shop stores it: it may have added or taken the slash at the end, and written the host in small letters. */
const isSame = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (address: string): string =>
	(URL.canParse(address) ? new URL(address).href : address).replace(/\/+$/, '');
