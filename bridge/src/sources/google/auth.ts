import type { OAuth2Client } from 'google-auth-library';
import type { GoogleCredentials } from './credentials';

/** One request may take this long: the APIs themselves give up after 180 seconds. */
const TIMEOUT_MS = 60_000;

export interface AuthOptions {
	scopes: readonly string[];
	/** A stand-in for every host of Google, tokens included: http://127.0.0.1:4010 */
	rootUrl?: string | undefined;
}

/**
 * A client of google-auth-library that signs requests. The library is loaded on first use: importing it takes a tenth of a second.
 * Requests go through the fetch of Node: it is the one that tests see, and NODE_USE_ENV_PROXY gives it a proxy.
 */
export async function createAuth(
	credentials: GoogleCredentials,
	{ scopes, rootUrl }: AuthOptions,
): Promise<OAuth2Client> {
	const { JWT, UserRefreshClient } = await import('google-auth-library');
	const transporterOptions = {
		timeout: TIMEOUT_MS,
		fetchImplementation: rootUrl === undefined ? straight : redirectedTo(rootUrl),
	};
	if (credentials.kind === 'service-account')
		return new JWT({ email: credentials.email, key: credentials.key, scopes: [...scopes], transporterOptions });
	const { clientId, clientSecret, refreshToken } = credentials;
	return new UserRefreshClient({ clientId, clientSecret, refreshToken, transporterOptions });
}

/** Google's APIs do not redirect; a redirect would take tokens elsewhere. */
const straight: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });

/** The address of the token endpoint is fixed in the library's code; only the fetch can be led elsewhere. */
function redirectedTo(rootUrl: string): typeof fetch {
	return (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		return fetch(new URL(url.pathname + url.search, rootUrl), init);
	};
}
