import { z } from 'zod';
import { ShopError } from '../../shop-error';
import { faultOf } from './fault';
import { loadSdk, standInFor, type Sdk } from './sdk';
import { fixedToken, grantedTokens, type Tokens } from './token';

export interface AdminKey {
	/** "acme.myshopify.com" */
	shop: string;
	adminToken?: string | undefined;
	clientId?: string | undefined;
	clientSecret?: string | undefined;
	/** A stand-in for the Admin API. */
	apiUrl?: string | undefined;
}

/** One call to the Admin API; answers `data` in the shape asked for. Throws ShopError. Nothing is retried here but a token that ran out. */
export type Ask = <Shape extends z.ZodType>(
	query: string,
	variables: Record<string, unknown>,
	shape: Shape,
) => Promise<z.output<Shape>>;

export function createAsk(key: AdminKey, now: () => Date): Ask {
	const { shop } = key;
	if (key.apiUrl !== undefined) standInFor(shop, key.apiUrl);
	let opening: Promise<{ sdk: Sdk; shopify: ReturnType<Sdk['shopifyApi']>; tokens: Tokens }> | undefined;

	async function open() {
		const sdk = await loadSdk();
		const shopify = sdk.shopifyApi({
			apiKey: key.clientId ?? 'messlo-bridge',
			apiSecretKey: key.clientSecret ?? 'unused',
			hostName: 'messlo-bridge',
			apiVersion: sdk.ApiVersion.October26,
			isEmbeddedApp: false,
			logger: { level: sdk.LogSeverity.Error, log: () => undefined },
		});
		const fetchToken = async () => {
			const { session } = await shopify.auth.clientCredentials({ shop }).catch((error: unknown) => {
				throw tokenFault(error, sdk, shop);
			});
			const lastsMs = session.expires ? session.expires.getTime() - Date.now() : 86_400_000;
			return { token: session.accessToken ?? '', lastsMs };
		};
		const tokens = key.adminToken === undefined ? grantedTokens(fetchToken, now) : fixedToken(key.adminToken);
		return { sdk, shopify, tokens };
	}

	return async (query, variables, shape) => {
		const { sdk, shopify, tokens } = await (opening ??= open());
		const once = async (accessToken: string): Promise<unknown> => {
			const session = new sdk.Session({ id: shop, shop, state: '', isOnline: false, accessToken });
			const { data } = await new shopify.clients.Graphql({ session }).request<unknown>(query, {
				variables,
				retries: 0,
			});
			return data;
		};
		const token = await tokens.current();
		const data = await once(token)
			.catch(async (error: unknown) => {
				if (!isUnauthorized(error, sdk) || !tokens.renew(token)) throw error;
				return once(await tokens.current());
			})
			.catch((error: unknown) => {
				throw faultOf(error, sdk, shop);
			});
		const read = shape.safeParse(data);
		if (read.success) return read.data;
		const fields = read.error.issues.map(({ path }) => path.join('.')).slice(0, 3);
		throw new ShopError('rejected', `${shop} answered something else than was asked for (${fields.join(', ')})`);
	};
}

const isUnauthorized = (error: unknown, sdk: Sdk): boolean =>
	error instanceof sdk.HttpResponseError && error.response.code === 401;

/** The grant answers 400 or 401 for a wrong pair, and for a shop of another organisation. */
function tokenFault(error: unknown, sdk: Sdk, shop: string): ShopError {
	const status = error instanceof sdk.HttpResponseError ? error.response.code : undefined;
	return status !== undefined && status >= 400 && status < 404
		? new ShopError(
				'refused',
				`${shop} gives no token for this client ID and secret. Check both in the Dev Dashboard; the app has to be installed in the shop, and the shop has to be of the same organisation`,
			)
		: faultOf(error, sdk, shop);
}
