import { ShopError } from '../../shop-error';

type Kind = ShopError['kind'];

/** An answer that is not what was asked for. */
export interface Refused {
	status: number;
	/** The answer's body, without key and secret. */
	text: string;
	location?: string | undefined;
	/** Seconds, as the header has it. */
	retryAfter?: string | undefined;
}

/**
 * What a shop's answer means and what a person can do about it. Made from texts alone and without a cause: the errors of the HTTP
 * client carry the consumer secret.
 */
export function refusal(host: string, { status, text, location, retryAfter }: Refused): ShopError {
	const { code = '', message = '' } = wordsOf(text);
	const [kind, words] = meaning(status, code, message, location);
	const technical = code === '' ? `${status}` : `${status} ${code}`;
	const said = message === '' ? '' : ` It said: ${message}`;
	const waitMs = Number(retryAfter) * 1000;
	return new ShopError(kind, `${host} ${words} (${technical})${said}`, waitMs > 0 ? waitMs : undefined);
}

function meaning(status: number, code: string, message: string, location = ''): [Kind, string] {
	if (status >= 300 && status < 400)
		return [
			'refused',
			`sends requests on to ${originOf(location)}. → Write that address as the url of the source, as the shop's own links have it.`,
		];
	if (code === 'woocommerce_rest_authentication_error')
		return [
			'refused',
			/permission/i.test(message)
				? 'knows the key, but it may not do this. → Make a key with Read/Write in WooCommerce → Settings → Advanced → REST API.'
				: 'does not take the key. → Compare consumerKey and consumerSecret with WooCommerce → Settings → Advanced → REST API. Both are shown only once: make a new key when in doubt.',
		];
	if (code.startsWith('woocommerce_rest_cannot_') || code === 'rest_forbidden')
		return [
			'refused',
			"refuses this to the key. → It must belong to a user who may manage the shop, and have Read/Write. If it does, the web server drops the Authorization header: ask the shop's host to let it through.",
		];
	if (code.endsWith('_invalid_id')) return ['gone', 'has no such record any more.'];
	if (status === 401 || status === 403)
		return [
			'refused',
			'refused before WooCommerce saw the request. → A firewall, a security plugin or a password in front of the shop stops its REST API: let /wp-json/wc/ through for the bridge.',
		];
	if (status === 404)
		return [
			'refused',
			"has no WooCommerce REST API at this address. → Check the source's url, that WooCommerce is active, and that Settings → Permalinks is not 'Plain'.",
		];
	if (status === 429) return ['later', 'had too many requests.'];
	if (status >= 500) return ['later', 'is in trouble itself. → If it stays so, look at WooCommerce → Status → Logs.'];
	if (status >= 400) return ['rejected', 'did not take the request.'];
	return [
		'later',
		"answered with a page instead of data. → A PHP notice or a plugin's page spoils the REST API: set WP_DEBUG_DISPLAY to false, and switch off maintenance and 'coming soon' pages for /wp-json/.",
	];
}

/** No answer at all. `error` is what the HTTP client threw, of which nothing but the code is used. */
export function noAnswer(host: string, error: unknown, timeoutMs: number): ShopError {
	const code = codeOf(error);
	const known = NETWORK.find(({ codes }) => codes.test(code));
	return new ShopError('later', `${host} ${known?.words(timeoutMs) ?? 'could not be asked.'} (${code || 'no code'})`);
}

const NETWORK = [
	{ codes: /^ENOTFOUND$/, words: () => "is not known to the internet. → Check the source's url." },
	{
		codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
		words: () => "cannot be reached. → Check that the shop is up, and the source's url.",
	},
	{
		codes: /^(ECONNABORTED|ETIMEDOUT|ERR_CANCELED)$/,
		words: (ms: number) => `did not answer within ${ms / 1000} s.`,
	},
	{ codes: /^(ECONNRESET|EPIPE|EAI_AGAIN)$/, words: () => 'broke off the connection.' },
	{
		codes: /CERT|SIGNATURE|SELF_SIGNED|TLS|EPROTO|SSL/,
		words: () =>
			'has no certificate that can be trusted. → Open the shop in a browser; its host renews the certificate.',
	},
];

const codeOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** WordPress writes {code, message, data}; the message may hold HTML. */
function wordsOf(text: string): { code?: string; message?: string } {
	try {
		const { code, message } = Object(JSON.parse(text)) as { code?: unknown; message?: unknown };
		return {
			...(typeof code === 'string' ? { code: code.slice(0, 80) } : {}),
			...(typeof message === 'string' ? { message: message.replace(/<[^>]*>/g, '').slice(0, 200) } : {}),
		};
	} catch {
		return {};
	}
}

/** Never the whole address: over http it carries the key and a signature. */
const originOf = (location: string): string => (URL.canParse(location) ? new URL(location).origin : 'another address');
