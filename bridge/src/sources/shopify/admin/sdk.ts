import type * as Shopify from '@shopify/shopify-api';

export type Sdk = typeof Shopify;

/** Longer than Shopify works on any query; the package has no limit of its own. */
const TIMEOUT_MS = 30_000;

/** The package's fetch is one for the whole process, so it goes by the host: shop → address of its stand-in. */
const standIns = new Map<string, string>();
let loading: Promise<Sdk> | undefined;

/** Requests to this shop go to a stand-in: the package itself always goes to https://<shop>. */
export const standInFor = (shop: string, url: string): void => void standIns.set(shop, url);

/** Loaded on first use: it takes 19 MB and a tenth of a second, and a shop without a key needs none of it. */
export function loadSdk(): Promise<Sdk> {
	return (loading ??= load());
}

async function load(): Promise<Sdk> {
	await import('@shopify/shopify-api/adapters/node');
	const { setAbstractFetchFunc } = await import('@shopify/shopify-api/runtime');
	setAbstractFetchFunc(fetchShop);
	return import('@shopify/shopify-api');
}

const fetchShop: typeof fetch = (input, init) => {
	const url = new URL(input instanceof Request ? input.url : input);
	const standIn = standIns.get(url.hostname);
	const target = standIn === undefined ? url : new URL(url.pathname + url.search, standIn);
	// fetch drops Authorization on the way to another host, and not Shopify's own header with the token.
	return fetch(target, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
};
