import '@shopify/shopify-api/adapters/node';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import {
	SHOPIFY_SECRET,
	SHOPIFY_SHOP,
	shopifyDeliveries,
	shopifyFixture,
	signedShopify,
} from '../../../support/shopify';
import { type SignedRequest, verdictOf } from '../battery';

// Shopify's own package is the oracle. Our check runs on every request instead because it is several times as fast.
const sdk = shopifyApi({
	apiKey: 'any',
	apiSecretKey: SHOPIFY_SECRET,
	hostName: 'bridge.example',
	apiVersion: ApiVersion.July26,
	isEmbeddedApp: false,
	logger: { level: LogSeverity.Error },
});
const source = shopifySource({ id: 'acme', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET] }, {});

const OUR_WORD: Record<string, string> = {
	missing_body: 'empty-body',
	missing_hmac: 'missing-signature',
	invalid_hmac: 'bad-signature',
	missing_headers: 'missing-headers',
};
async function theirs({ headers, body }: SignedRequest): Promise<string> {
	const rawRequest = { headers, method: 'POST', url: '/webhooks/shopify/acme' };
	const verdict = await sdk.webhooks.validate({ rawBody: body.toString(), rawRequest, rawResponse: {} });
	return verdict.valid ? 'accepted' : (OUR_WORD[verdict.reason] ?? verdict.reason);
}
const ours = (request: SignedRequest): string => {
	const verdict = verdictOf(source, request);
	return verdict.ok ? 'accepted' : verdict.reason;
};

type Tamper = (genuine: SignedRequest) => SignedRequest;
const withHeader =
	(name: string, value: string | undefined): Tamper =>
	({ headers, body }) => ({
		body,
		headers: Object.fromEntries(
			Object.entries({ ...headers, [name]: value }).filter(([, given]) => given !== undefined),
		) as SignedRequest['headers'],
	});
const CASES: Record<string, Tamper> = {
	genuine: (request) => request,
	'one byte changed': ({ headers, body }) => ({ headers, body: Buffer.from(body.toString().replace('"', "'")) }),
	'one byte more': ({ headers, body }) => ({ headers, body: Buffer.concat([body, Buffer.from('\n')]) }),
	'no body': ({ headers }) => ({ headers, body: Buffer.alloc(0) }),
	'other secret': ({ body }) => signedShopify(body, { secret: 'other' }),
	'no signature': withHeader('x-shopify-hmac-sha256', undefined),
	'signature twice': ({ headers, body }) =>
		withHeader(
			'x-shopify-hmac-sha256',
			`${headers['x-shopify-hmac-sha256']}, ${headers['x-shopify-hmac-sha256']}`,
		)({ headers, body }),
	'signature cut': ({ headers, body }) =>
		withHeader('x-shopify-hmac-sha256', headers['x-shopify-hmac-sha256']?.slice(0, 20))({ headers, body }),
	'no topic': withHeader('x-shopify-topic', undefined),
	'no shop': withHeader('x-shopify-shop-domain', undefined),
	'no version': withHeader('x-shopify-api-version', undefined),
	'no webhook id': withHeader('x-shopify-webhook-id', undefined),
	'no event id': withHeader('x-shopify-event-id', undefined),
	'a bad signature of the second family beside a good one': withHeader('shopify-hmac-sha256', 'bad'),
};

describe.each(Object.entries(CASES))('%s', (_name, tamper) => {
	test('both say the same of every fixture', async () => {
		for (const { file, topic, headers } of shopifyDeliveries()) {
			const request = tamper(signedShopify(shopifyFixture(file), { topic, headers }));
			expect(`${file} ${ours(request)}`).toBe(`${file} ${await theirs(request)}`);
		}
	});
});

// Deliberate differences: we look at more than the package does, and forgive broken letters that it cannot.
test.each<[string, string, string, Tamper]>([
	['another shop', 'accepted', 'wrong-shop', withHeader('x-shopify-shop-domain', 'other.myshopify.com')],
	['another content type', 'accepted', 'unsupported-content-type', withHeader('content-type', 'text/xml')],
	['a body that is no JSON', 'accepted', 'unreadable-body', () => signedShopify('{')],
	['invalid UTF-8', 'bad-signature', 'accepted', () => signedShopify(Buffer.from('{"note":"\xff"}', 'latin1'))],
])('%s: the package says %s, we say %s', async (_name, sdkSays, weSay, tamper) => {
	const request = tamper(signedShopify(shopifyFixture('orders-create.in-cod-optin')));
	expect([await theirs(request), ours(request)]).toEqual([sdkSays, weSay]);
});
