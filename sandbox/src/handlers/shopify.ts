import { notFound, Refusal } from '../refusal';
import { wabaById, type State } from '../state';
import { Collection } from './collection';
import { catalogAtMeta, catalogs, products } from './commerce';
import { handler, type Handler } from './handler';

export const shopifyProducts = new Collection('shopify-products', { noun: 'Product', search: ['title'] });

const IN_SHOP = [
	{ product_id: '8001', title: 'Desk lamp', price: '49.00' },
	{ product_id: '8002', title: 'Floor lamp', price: '119.00' },
];

const SECRETS = ['admin_api_access_token', 'client_secret'];

const masked = (config: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(config).map(([name, value]) => [
			name,
			SECRETS.includes(name) ? `${String(value).slice(0, 6)}…` : value,
		]),
	);

function requireShop(state: State): Record<string, unknown> {
	if (!state.shopify) throw new Refusal(400, 'No Shopify shop is connected');
	return state.shopify;
}

const linkedCatalog = (state: State, wabaId: string) =>
	catalogs.all(state).find(({ waba_id: of, source }) => of === wabaId && source === 'shopify');

export const shopify: Record<string, Handler> = {
	getShopifyConfig: handler(({ world: { state } }) => ({
		success: true,
		config: state.shopify ? masked(state.shopify) : null,
	})),

	saveShopifyConfig: handler<Record<string, unknown>>(({ world: { state }, body }) => {
		state.shopify = { is_active: true, ...state.shopify, ...body };
		return { success: true, config: masked(state.shopify) };
	}),

	disconnectShopify: handler(({ world: { state } }) => {
		if (!state.shopify) throw notFound('Shopify config');
		delete state.shopify;
		return { success: true, message: 'Shop disconnected' };
	}),

	generateShopifyToken: handler<{ shop_domain: string; client_id: string; client_secret: string }>(
		({ world, body }) => {
			const token = `shpat_sandbox_${world.state.nextId()}`;
			world.state.shopify = { is_active: true, ...world.state.shopify, ...body, admin_api_access_token: token };
			return { success: true, message: 'Token generated', data: { access_token: token } };
		},
	),

	syncShopifyProducts: handler(({ world }) => {
		requireShop(world.state);
		const known = shopifyProducts.all(world.state).map((product) => product['product_id']);
		const fresh = IN_SHOP.filter(({ product_id: id }) => !known.includes(id));
		for (const product of fresh) shopifyProducts.add(world, product);
		return { success: true, message: `${IN_SHOP.length} products synced` };
	}),

	...shopifyProducts.serve({ list: 'listShopifyProducts' }),

	getShopifyCatalogStatus: handler(({ world: { state }, query }) => {
		const waba = query['waba_id'] === undefined ? state.wabas[0] : wabaById(state, String(query['waba_id']));
		const catalog = waba && linkedCatalog(state, waba._id);
		return { success: true, data: { is_linked: catalog !== undefined, catalog_id: catalog?.['catalog_id'] ?? null } };
	}),

	setupShopifyCatalog: handler<{ waba_id: string; catalog_name?: string }>(({ world, body }) => {
		const shop = requireShop(world.state);
		const { _id } = wabaById(world.state, body.waba_id);
		const name = body.catalog_name ?? String(shop['shop_domain']);
		const known = linkedCatalog(world.state, _id);
		if (known) return { success: true, message: 'The catalog is there already', data: known };
		const metaId = `99${Number.parseInt(world.state.nextId().slice(-5), 16).toString().padStart(13, '0')}`;
		const fields = { name, waba_id: _id, catalog_id: metaId, is_linked: true, source: 'shopify' };
		return { success: true, data: catalogs.add(world, fields) };
	}),

	pushShopifyToWhatsApp: handler<{ waba_id: string; catalog_id?: string; product_ids?: string[] }>(
		({ world, body }) => {
			const { state } = world;
			requireShop(state);
			const { _id } = wabaById(state, body.waba_id);
			const catalog = body.catalog_id === undefined ? linkedCatalog(state, _id) : catalogAtMeta(state, body.catalog_id);
			if (!catalog) throw new Refusal(400, 'The shop has no catalog yet: set it up first');
			const chosen = shopifyProducts
				.all(state)
				.filter((product) => body.product_ids?.includes(String(product['product_id'])) ?? true);
			for (const { product_id: id, title, price } of chosen) {
				products.add(world, { retailer_id: id, name: title, price, currency: 'USD', catalog_id: catalog._id });
			}
			return { success: true, message: `${chosen.length} products pushed` };
		},
	),
};
