import { ShopError } from '../../shop-error';

/** A new token is fetched this long before the old one ends. */
const BEFORE_END_MS = 300_000;

export interface Tokens {
	current(): Promise<string>;
	/** The shop refused it: forgets it. False when there is no way to have another. */
	renew(refused: string): boolean;
}

export const fixedToken = (token: string): Tokens => ({ current: async () => token, renew: () => false });

/** Tokens of the client credentials grant, which last 24 hours. `fetchToken` answers how long from now. */
export function grantedTokens(fetchToken: () => Promise<{ token: string; lastsMs: number }>, now: () => Date): Tokens {
	let held: { token: string; until: number } | undefined;
	let fetching: Promise<string> | undefined;

	async function fetchNew(): Promise<string> {
		const { token, lastsMs } = await fetchToken();
		if (token === '') throw new ShopError('refused', 'The shop gave no token for this client ID and secret');
		held = { token, until: now().getTime() + lastsMs - BEFORE_END_MS };
		return token;
	}
	return {
		current: async () => {
			if (held && now().getTime() < held.until) return held.token;
			// Many calls at once ask for one token.
			fetching ??= fetchNew().finally(() => {
				fetching = undefined;
			});
			return fetching;
		},
		renew: (refused) => {
			if (held?.token === refused) held = undefined;
			return true;
		},
	};
}
