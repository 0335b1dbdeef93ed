import { notFound } from '../refusal';
import { wabaById, type Entry, type State } from '../state';
import type { World } from '../world';
import { Collection } from './collection';
import { handler, type Call, type Handler } from './handler';
import { isSearched, listAnswer } from './paging';

export const catalogs = new Collection('catalogs', {
	noun: 'Catalog',
	references: { waba_id: wabaById },
	defaults: { is_linked: false },
});

export const products = new Collection('products', { noun: 'Product', references: { catalog_id: catalogs.find } });

/** What Meta has, and gives when it is asked. */
const AT_META = {
	catalog_id: '998877665544332',
	name: 'Lamps',
	products: [
		{ retailer_id: 'lamp-1', name: 'Desk lamp', price: '49.00', image_url: 'https://cdn.example.com/lamp1.jpg' },
		{ retailer_id: 'lamp-2', name: 'Floor lamp', price: '119.00', image_url: 'https://cdn.example.com/lamp2.jpg' },
	],
};

/** The catalog of an id at Meta. */
export function catalogAtMeta(state: State, id: string): Entry {
	const catalog = catalogs.all(state).find(({ catalog_id: metaId }) => metaId === id);
	if (!catalog) throw notFound(`Catalog ${id}`);
	return catalog;
}

/** Takes over what Meta has that is not here yet; `id` is for demo data. */
export function pullCatalogs(world: World, wabaId: string, ids: { _id?: string } = {}): Entry {
	const known = catalogs.all(world.state).find(({ catalog_id: id }) => id === AT_META.catalog_id);
	if (known) return known;
	const { products: stock, ...fields } = AT_META;
	const catalog = catalogs.add(world, { ...fields, ...ids, waba_id: wabaId });
	for (const product of stock) products.add(world, { ...product, currency: 'USD', catalog_id: catalog._id });
	return catalog;
}

function listOfWaba(call: Call, isShown: (catalog: Entry) => boolean): Record<string, unknown> {
	const waba = wabaById(call.world.state, call.path['waba_id'] ?? '');
	const found = catalogs
		.all(call.world.state)
		.filter((catalog) => catalog['waba_id'] === waba._id && isShown(catalog))
		.filter((catalog) => isSearched(call, [String(catalog['name'])]));
	return listAnswer(found, call);
}

export const commerce: Record<string, Handler> = {
	syncCatalogs: handler(({ world, path }) => {
		const catalog = pullCatalogs(world, wabaById(world.state, path['waba_id'] ?? '')._id);
		return { success: true, message: '1 catalog synced', data: [catalog] };
	}),

	listCatalogs: handler((call) => listOfWaba(call, () => true)),
	listLinkedCatalogs: handler((call) => listOfWaba(call, (catalog) => catalog['is_linked'] === true)),

	linkCatalog: handler<{ waba_id: string; catalog_id: string }>(({ world, body }) => {
		const { _id } = wabaById(world.state, body.waba_id);
		const catalog = catalogAtMeta(world.state, body.catalog_id);
		return { success: true, data: catalogs.change(world, catalog, { waba_id: _id, is_linked: true }) };
	}),

	listCatalogProducts: handler((call) => {
		const { _id } = catalogs.find(call.world.state, call.path['catalog_id'] ?? '');
		const found = products
			.all(call.world.state)
			.filter(({ catalog_id: of }) => of === _id)
			.filter((product) => isSearched(call, [String(product['name']), String(product['retailer_id'])]));
		return listAnswer(found, call);
	}),
};
