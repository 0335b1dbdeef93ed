import { createHmac } from 'node:crypto';

export interface FakeKey {
	consumerKey: string;
	consumerSecret: string;
	permissions: 'read' | 'write' | 'read_write';
	/** False: its user may not manage the shop. */
	mayManage: boolean;
}

export interface Asked {
	method: string;
	/** Whole, without query. */
	address: string;
	query: URLSearchParams;
	authorization: string | undefined;
	isTls: boolean;
}

export interface Denied {
	status: number;
	body: { code: string; message: string; data: { status: number } };
}
export const denied = (status: number, code: string, message: string): Denied => ({
	status,
	body: { code, message, data: { status } },
});

/** class-wc-rest-authentication.php: Basic where the request came by TLS, else OAuth 1.0a in the query. */
export function createAuth(key: FakeKey): (asked: Asked) => Denied | undefined {
	const nonces = new Set<string>();
	const wrong = (message: string) => denied(401, 'woocommerce_rest_authentication_error', message);

	function basic(authorization: string): Denied | undefined | 'nobody' {
		const [user, password] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
		if (user !== key.consumerKey) return 'nobody';
		return password === key.consumerSecret ? undefined : wrong('Consumer secret is invalid.');
	}

	function oauth({ method, address, query }: Asked): Denied | undefined | 'nobody' {
		// PHP keeps the last of a parameter that is given twice.
		const given = new Map(query);
		if (!given.has('oauth_consumer_key')) return 'nobody';
		if (given.get('oauth_consumer_key') !== key.consumerKey) return wrong('Consumer key is invalid.');
		const signature = given.get('oauth_signature');
		given.delete('oauth_signature');
		const encode = (text: string) =>
			encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
		const pairs = [...given].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
		const base = [method, encode(address), encode(pairs.join('&'))].join('&');
		const want = createHmac('sha256', `${key.consumerSecret}&`).update(base).digest('base64');
		if (signature !== want) return wrong('Invalid signature - provided signature does not match.');
		const age = Math.abs(Date.now() / 1000 - Number(given.get('oauth_timestamp')));
		if (!(age < 900)) return wrong('Invalid timestamp.');
		const nonce = given.get('oauth_nonce') ?? '';
		if (nonces.has(nonce)) return wrong('Invalid nonce - nonce has already been used.');
		nonces.add(nonce);
		return undefined;
	}

	return (asked) => {
		const found =
			asked.isTls && asked.authorization?.startsWith('Basic ') === true ? basic(asked.authorization) : oauth(asked);
		if (found !== 'nobody' && found !== undefined) return found;
		const isRead = asked.method === 'GET';
		if (found === 'nobody' || !key.mayManage)
			return denied(
				401,
				isRead ? 'woocommerce_rest_cannot_view' : 'woocommerce_rest_cannot_create',
				isRead ? 'Sorry, you cannot list resources.' : 'Sorry, you are not allowed to create resources.',
			);
		if (!isRead && key.permissions === 'read') return wrong('The API key provided does not have write permissions.');
		if (isRead && key.permissions === 'write') return wrong('The API key provided does not have read permissions.');
		return undefined;
	};
}
