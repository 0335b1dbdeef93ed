import { parseExact } from '../../exact-json';
import { ShopError } from '../../shop-error';
import { noAnswer, refusal } from './refusal';

export interface WooCommerceKeys {
	/** "https://boutique.example", with the folder where the shop is in one. */
	url: string;
	consumerKey: string;
	consumerSecret: string;
	/** How long an answer may take as a whole. */
	timeoutMs?: number;
}

export interface Request {
	query?: Record<string, string>;
	body?: object;
	signal?: AbortSignal | undefined;
}

export interface Answer {
	data: unknown;
	/** x-wp-totalpages, of lists. */
	pages?: number;
}

/** Asks the shop; whatever goes wrong is a ShopError. Aborted by its signal it throws the signal's reason. */
export interface Shop {
	readonly host: string;
	/** `endpoint` is below /wp-json/wc/v3/. */
	ask(method: 'get' | 'post' | 'put', endpoint: string, request?: Request): Promise<Answer>;
	/** What WordPress tells everybody of the site. Some security plugins forbid it; a ShopError then. */
	site(signal?: AbortSignal): Promise<{ name?: string; timezone?: string }>;
}

/** A hundred orders take a shop on shared hosting some ten seconds. */
const TIMEOUT_MS = 60_000;
/** A hundred orders of a hundred lines are some 20 MB. */
const MOST_BYTES = 64 * 1024 * 1024;

export function openShop({ url, consumerKey, consumerSecret, timeoutMs = TIMEOUT_MS }: WooCommerceKeys): Shop {
	const { host, protocol, hostname } = new URL(url);
	const redact = (text: string) => text.replaceAll(consumerSecret, '…').replaceAll(consumerKey, '…');

	async function call(
		method: 'get' | 'post' | 'put',
		endpoint: string,
		{ query, body, signal }: Request,
		over: object,
	) {
		if (protocol !== 'https:' && !isLoopback(hostname))
			throw new ShopError(
				'refused',
				`${host} is not asked: over http, names and addresses of buyers could be read on the way. → Write the shop's https:// address as the url of the source.`,
			);
		const ending = AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(timeoutMs)]);
		const Client = await loadClient();
		const client = new Client({
			url,
			consumerKey,
			consumerSecret,
			version: 'wc/v3',
			timeout: timeoutMs,
			axiosConfig: {
				signal: ending,
				// axios would turn a redirected POST into a GET, and drop the key on the way to another host.
				maxRedirects: 0,
				maxContentLength: MOST_BYTES,
				validateStatus: () => true,
				// As text: every digit is kept, and a PHP notice before the JSON is seen.
				responseType: 'text',
				transformResponse: [(text: unknown) => text],
				...over,
			},
		});
		try {
			const answer: unknown =
				method === 'get'
					? await client.get(endpoint, query ?? {})
					: await client[method](endpoint, body ?? {}, query ?? {});
			return answer as { status: number; data: unknown; headers: Record<string, unknown> };
		} catch (error) {
			signal?.throwIfAborted();
			throw noAnswer(host, error, timeoutMs);
		}
	}

	function read(answer: Awaited<ReturnType<typeof call>>): Answer {
		const text = typeof answer.data === 'string' ? answer.data : '';
		const header = (name: string) => (typeof answer.headers[name] === 'string' ? answer.headers[name] : undefined);
		const isGood = answer.status >= 200 && answer.status < 300;
		const data = isGood ? parsed(text) : undefined;
		if (typeof data !== 'object' || data === null)
			throw refusal(host, {
				status: answer.status,
				text: isGood ? '' : redact(text),
				location: header('location'),
				retryAfter: header('retry-after'),
			});
		const pages = header('x-wp-totalpages');
		return { data, ...(pages === undefined ? {} : { pages: Number(pages) }) };
	}

	return {
		host,
		ask: async (method, endpoint, request = {}) => read(await call(method, endpoint, request, {})),
		site: async (signal) => {
			// Without the key: to WordPress itself it is a wrong password, and the public index would become a 401.
			const address = `${url}/wp-json/?_fields=name,timezone_string`;
			const { data } = read(await call('get', '', { signal }, { url: address, auth: undefined, params: undefined }));
			const { name, timezone_string: timezone } = data as Record<string, unknown>;
			return {
				...(typeof name === 'string' && name !== '' ? { name } : {}),
				...(typeof timezone === 'string' && timezone !== '' ? { timezone } : {}),
			};
		},
	};
}

function parsed(text: string): unknown {
	try {
		return parseExact(text);
	} catch {
		return undefined;
	}
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

type Client = typeof import('@woocommerce/woocommerce-rest-api').default;

/**
 * Loaded when a shop is first asked: it takes 0.1 s and 28 MB, which a shop without a key need not pay.
 * The package is CommonJS with a `default`, which Node's import() gives one level deeper than compiled require() does.
 */
async function loadClient(): Promise<Client> {
	const { default: given } = await import('@woocommerce/woocommerce-rest-api');
	return typeof given === 'function' ? (given as Client) : given.default;
}
