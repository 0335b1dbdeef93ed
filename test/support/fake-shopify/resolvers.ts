import type { Resolve } from './execute';
import { gid, orderNode, refundNode, type Rest } from './from-rest';
import type { Value } from './graphql-document';
import type { createHooks } from './hooks';
import type { createOrders } from './orders';

const INPUTS: Record<string, string[]> = {
	webhookSubscription: ['uri', 'format', 'name', 'includeFields', 'filter', 'metafieldNamespaces', 'metafields'],
	input: ['id', 'note', 'tags', 'email', 'phone', 'poNumber', 'customAttributes', 'metafields', 'shippingAddress'],
};
const idOf = (value: Value | undefined) => String(value).split('/').at(-1) ?? '';
const error = (field: string, message: string) => [{ field: [field], message }];

function input(args: Record<string, Value>, name: string): Record<string, Value> {
	const given = (args[name] ?? {}) as Record<string, Value>;
	for (const key of Object.keys(given))
		if (!INPUTS[name]?.includes(key)) throw new Error(`Variable $${name} of the input type has no field '${key}'`);
	return given;
}

/** The operations that a client may ask for, over the shop's orders and subscriptions. */
export function resolvers(
	shop: { name: string; domain: string },
	hooks: ReturnType<typeof createHooks>,
	shelf: ReturnType<typeof createOrders>,
	refusedTopics: ReadonlySet<string>,
	/** What goes on behind an answer: the webhooks of a change. */
	behind: (work: Promise<void>) => void,
): Record<string, Resolve> {
	const all = () => [...shelf.orders.values()];
	const moment = (order: Rest, key: string) => Date.parse(String(order[key]));

	return {
		shop: () => ({ name: shop.name, myshopifyDomain: shop.domain }),
		order: ({ id }) => {
			const found = shelf.orders.get(idOf(id));
			return found && orderNode(found);
		},
		orders: ({ query, sortKey, reverse }) => {
			const from = /^updated_at:>='([^']+)'$/.exec(String(query ?? ''))?.[1];
			if (query != null && from === undefined) throw new Error(`The fake shop cannot search for ${String(query)}`);
			const key = sortKey === 'UPDATED_AT' ? 'updated_at' : 'created_at';
			const found = all()
				.filter((order) => from === undefined || moment(order, 'updated_at') >= Date.parse(from))
				.sort((a, b) => moment(a, key) - moment(b, key));
			return (reverse === true ? found.reverse() : found).map(orderNode);
		},
		refund: ({ id }) => {
			for (const order of all())
				for (const refund of order['refunds'] as Rest[])
					if (String(refund['id']) === idOf(id)) return refundNode(refund, String(order['currency']));
			return null;
		},
		webhookSubscriptions: () => hooks.hooks,
		webhookSubscriptionCreate: (args) => {
			const { uri, format } = input(args, 'webhookSubscription');
			const topic = String(args['topic']);
			const address = String(uri);
			const userErrors = refusedTopics.has(topic)
				? error('topic', `The following topic is invalid: ${topic}`)
				: !/^https:|^http:\/\/127\.0\.0\.1:/.test(address)
					? error('webhookSubscription', 'Address protocol http:// is not supported')
					: hooks.hooks.some((hook) => hook.topic === topic && hook.uri === address)
						? error('webhookSubscription', 'Address for this topic has already been taken')
						: [];
			const made = userErrors.length === 0 ? hooks.add(topic, address, String(format ?? 'JSON')) : null;
			return { webhookSubscription: made, userErrors };
		},
		webhookSubscriptionUpdate: (args) => {
			const found = hooks.hooks.find((hook) => hook.id === args['id']);
			if (!found) return { webhookSubscription: null, userErrors: error('id', 'Webhook subscription does not exist') };
			Object.assign(found, input(args, 'webhookSubscription'));
			return { webhookSubscription: found, userErrors: [] };
		},
		tagsAdd: ({ id, tags }) => {
			const found = shelf.orders.get(idOf(id));
			if (!found) return { node: null, userErrors: error('id', 'Order does not exist') };
			const before = String(found['tags']).split(', ').filter(Boolean);
			const after = [...new Set([...before, ...(tags as string[])])];
			if (after.length > 250) return { node: null, userErrors: error('tags', 'Tags exceed the maximum of 250') };
			// Shopify tells of it as of any change.
			if (after.length > before.length) behind(shelf.change(idOf(id), { tags: after.join(', ') }));
			return { node: { id: gid('Order', idOf(id)) }, userErrors: [] };
		},
		orderUpdate: (args) => {
			const { id, note } = input(args, 'input');
			const found = shelf.orders.get(idOf(id));
			if (!found) return { order: null, userErrors: error('id', 'Order does not exist') };
			behind(shelf.change(idOf(id), { note }));
			return { order: orderNode(found), userErrors: [] };
		},
	};
}
