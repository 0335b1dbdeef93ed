import { z } from 'zod';
import type { Subscriptions } from '../../shop-admin';
import { ShopError } from '../../shop-error';
import type { Ask } from './ask';
import { MEND_SUBSCRIPTION, SUBSCRIBE, SUBSCRIPTIONS } from './queries';
import { pageInfo } from './shapes';

/**
 * The topics that are read. The three privacy topics are missing: Shopify takes those only from the app's own settings. All of
 * these need the scope read_orders, and read_fulfillments besides for those about parcels.
 */
export const SUBSCRIBED_TOPICS = [
	'orders/create',
	'orders/paid',
	'orders/updated',
	'orders/partially_fulfilled',
	'orders/fulfilled',
	'orders/cancelled',
	'orders/delete',
	'refunds/create',
	'fulfillments/create',
	'fulfillments/update',
	'fulfillment_events/create',
	'checkouts/create',
	'checkouts/update',
	'checkouts/delete',
] as const;

const userErrors = z.array(z.object({ field: z.array(z.string()).nullish(), message: z.string() }));
export const complaints = (given: z.output<typeof userErrors>): string | undefined =>
	given.map(({ message }) => message).join('; ') || undefined;

const listShape = z.object({
	webhookSubscriptions: z.object({
		nodes: z.array(z.object({ id: z.string(), topic: z.string(), uri: z.string(), format: z.string() })),
		pageInfo,
	}),
});
type Subscription = z.output<typeof listShape>['webhookSubscriptions']['nodes'][number];

const payload = z.object({ userErrors });
const createdShape = z.object({ webhookSubscriptionCreate: payload });
const mendedShape = z.object({ webhookSubscriptionUpdate: payload });

/** "orders/create" → "ORDERS_CREATE" */
const enumOf = (topic: string): string => topic.toUpperCase().replace('/', '_');

/** Sees to it that every topic is sent to this address. What points elsewhere belongs to somebody else and stays as it is. */
export async function subscribe(ask: Ask, address: string): Promise<Subscriptions> {
	const here = (await listed(ask)).filter(({ uri }) => uri === address);
	const outcome: Subscriptions = { present: [], created: [], mended: [], refused: [] };
	for (const topic of SUBSCRIBED_TOPICS) {
		const found = here.filter((each) => each.topic === enumOf(topic));
		if (found.some(({ format }) => format === 'JSON')) {
			outcome.present.push(topic);
			continue;
		}
		const refusal = await (found[0] ? mend(ask, found[0]) : create(ask, topic, address));
		if (refusal !== undefined) outcome.refused.push({ topic, reason: refusal });
		else (found[0] ? outcome.mended : outcome.created).push(topic);
	}
	return outcome;
}

async function listed(ask: Ask): Promise<Subscription[]> {
	const all: Subscription[] = [];
	for (let after: string | null = null; ;) {
		const { webhookSubscriptions: page }: z.output<typeof listShape> = await ask(SUBSCRIPTIONS, { after }, listShape);
		all.push(...page.nodes);
		if (!page.pageInfo.hasNextPage) return all;
		after = page.pageInfo.endCursor ?? null;
	}
}

const create = (ask: Ask, topic: string, uri: string): Promise<string | undefined> =>
	why(async () => {
		const webhookSubscription = { uri, format: 'JSON' };
		const answer = await ask(SUBSCRIBE, { topic: enumOf(topic), webhookSubscription }, createdShape);
		return complaints(answer.webhookSubscriptionCreate.userErrors);
	});

/** XML, which is not read. */
const mend = (ask: Ask, { id }: Subscription): Promise<string | undefined> =>
	why(async () => {
		const webhookSubscription = { format: 'JSON' };
		const answer = await ask(MEND_SUBSCRIPTION, { id, webhookSubscription }, mendedShape);
		return complaints(answer.webhookSubscriptionUpdate.userErrors);
	});

/** Why one topic cannot be had. What concerns the shop as a whole is thrown. */
async function why(work: () => Promise<string | undefined>): Promise<string | undefined> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof ShopError && (error.kind === 'refused' || error.kind === 'rejected')) return error.message;
		throw error;
	}
}
