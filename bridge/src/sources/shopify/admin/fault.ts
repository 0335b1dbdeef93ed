import { ShopError } from '../../shop-error';
import type { Sdk } from './sdk';

interface GraphqlFault {
	message?: unknown;
	extensions?: { code?: unknown; requiredAccess?: unknown };
}

const SCOPE = /\b(?:read|write)_[a-z_]+\b/g;
const LEAST_WAIT_MS = 1_000;

/** What the package throws, as what is to be done about it. Its own texts are not passed on: they may quote the request. */
export function faultOf(error: unknown, sdk: Sdk, shop: string): ShopError {
	if (error instanceof ShopError) return error;
	if (error instanceof sdk.GraphqlQueryError) return graphqlFault(error.body, shop);
	if (error instanceof sdk.HttpThrottlingError)
		return new ShopError('later', `${shop} asks for fewer requests`, (error.response.retryAfter ?? 2) * 1000);
	if (error instanceof sdk.HttpResponseError) return httpFault(error.response.code, shop);
	return new ShopError('later', `${shop} cannot be reached; it is tried again`);
}

function httpFault(status: number, shop: string): ShopError {
	if (status === 401)
		return new ShopError(
			'refused',
			`${shop} does not accept the key. Was the app removed, or its token made anew? Put the present one under 'adminToken', or the app's own under 'clientId' and 'clientSecret'`,
		);
	if (status === 402 || status === 423) return new ShopError('refused', `${shop} is frozen or locked by Shopify`);
	if (status === 403)
		return new ShopError('refused', `${shop} does not let this app in. Install the app in the shop again`);
	if (status === 404)
		return new ShopError('refused', `There is no shop ${shop}. Write its own myshopify.com domain under 'shop'`);
	if (status >= 500) return new ShopError('later', `${shop} cannot answer now (${status}); it is tried again`);
	return new ShopError('rejected', `${shop} refuses the request (${status})`);
}

function graphqlFault(body: Record<string, unknown> | undefined, shop: string): ShopError {
	const faults = graphqlFaults(body);
	const codes = faults.map(({ extensions }) => extensions?.code);
	if (codes.includes('THROTTLED')) return new ShopError('later', `${shop} asks for fewer requests`, restoreMs(body));
	const denied = faults.find(({ extensions }) => extensions?.code === 'ACCESS_DENIED');
	if (denied) return new ShopError('refused', deniedText(denied, shop));
	if (codes.includes('INTERNAL_SERVER_ERROR') || codes.includes('TIMEOUT'))
		return new ShopError('later', `${shop} has a fault of its own; it is tried again`);
	const said = faults.map(({ message }) => String(message)).join('; ');
	return new ShopError('rejected', `${shop} refuses what was asked: ${said.slice(0, 300)}`);
}

/** Scopes are named in `requiredAccess`, in the message, or in neither: then it is Shopify's approval for customers' data. */
function deniedText({ message, extensions }: GraphqlFault, shop: string): string {
	const said = `${String(extensions?.requiredAccess ?? '')} ${String(message)}`;
	const scopes = [...new Set(said.match(SCOPE))];
	return scopes.length > 0
		? `The app may not do this at ${shop}. Give it the scope ${scopes.join(' or ')} in its settings, then install it again`
		: `The app may not see this at ${shop}: ${String(message).slice(0, 200)}. Ask for access to protected customer data in the app's settings`;
}

const graphqlFaults = (body: Record<string, unknown> | undefined): GraphqlFault[] => {
	const errors = body?.['errors'] as { graphQLErrors?: GraphqlFault[] } | undefined;
	return Array.isArray(errors?.graphQLErrors) ? errors.graphQLErrors : [];
};

interface Cost {
	throttleStatus?: { maximumAvailable?: number; currentlyAvailable?: number; restoreRate?: number };
}

/** Until the bucket is full: who asks again as soon as one query fits stands still again after it. */
function restoreMs(body: Record<string, unknown> | undefined): number {
	const { cost } = (body?.['extensions'] ?? {}) as { cost?: Cost };
	const { maximumAvailable = 1000, currentlyAvailable = 0, restoreRate = 50 } = cost?.throttleStatus ?? {};
	return Math.max(LEAST_WAIT_MS, Math.ceil(((maximumAvailable - currentlyAvailable) / (restoreRate || 50)) * 1000));
}
