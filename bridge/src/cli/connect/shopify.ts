import { shopify } from '../../config/source-kinds/shopify';
import { openSource } from '../../journey/open-sources';
import { askId, type ConnectRoom, type Draft, idFrom, secretKeys, variableName } from './draft';
import type { Answer } from './questions';
import { proveShop } from './prove-shop';

/** Whatever a person copies of a shop's address → acme.myshopify.com */
export function shopDomain(answer: string): Answer<string> {
	const text = answer.toLowerCase().replace(/^[a-z]+:\/\//, '');
	const name =
		/^admin\.shopify\.com\/store\/([a-z0-9][a-z0-9-]*)(?:[/?#]|$)/.exec(text)?.[1] ??
		/^([a-z0-9][a-z0-9-]*)\.myshopify\.com(?:[/?#:]|$)/.exec(text)?.[1] ??
		/^([a-z0-9][a-z0-9-]*)$/.exec(text)?.[1];
	if (name === undefined)
		return {
			ok: false,
			reason: `'${answer}' does not show the shop's own name. Open the shop's admin: its address is admin.shopify.com/store/<name>.`,
		};
	const value = `${name}.myshopify.com`;
	return { ok: true, value, ...(value === answer ? {} : { say: value }) };
}

/** Everything that a Shopify shop needs, asked and proved. */
export async function askShopify(room: ConnectRoom): Promise<Draft> {
	const { interview, flag } = room;
	const shop = await interview.ask({
		flag: 'shop',
		ask: 'Shop',
		where: "The address of the shop's admin, as the browser shows it: admin.shopify.com/store/<name>.",
		check: shopDomain,
	});
	const { id, existing } = await askId(room, 'shopify', idFrom(shop.replace('.myshopify.com', '')));
	const names = {
		client: variableName(id, 'client secret'),
		token: variableName(id, 'admin token'),
		webhook: variableName(id, 'webhook secret'),
	};
	const apiUrl = flag('api-url') ?? existing?.apiUrl;
	for (;;) {
		const access = await interview.choose({
			flag: 'access',
			ask: 'How does the bridge get in',
			where:
				'Apps made in the Dev Dashboard (all since 2026) have a client ID and a client secret. An app made in the store before has a fixed token that begins with shpat_.',
			enter: flag('client-id') === undefined && (existing?.adminToken ?? room.place.own[names.token]) ? 'token' : 'app',
			choices: [
				{ value: 'app', label: 'app    client ID and client secret, from the Dev Dashboard' },
				{ value: 'token', label: 'token  an Admin API token (shpat_…) of an app made in the store' },
			],
		});
		const { written, plain, kept, clientId } = access === 'app' ? await askApp() : await askToken();
		const keys = { id, kind: 'shopify', shop, clientId, ...(apiUrl === undefined ? {} : { apiUrl }) };
		const source = openSource(shopify.parse({ ...keys, ...plain }), room.defaults);
		if (await proveShop(interview, source)) return { written: { ...keys, ...written }, secrets: kept, source };
		interview.forget('access', 'client-id', ...Object.values(names));
	}

	async function askApp() {
		const clientId = await interview.ask({
			flag: 'client-id',
			ask: 'Client ID',
			where: 'dev.shopify.com → Apps → your app → Settings. The app must be installed in this shop.',
			enter: existing?.clientId,
			check: (answer) =>
				/^shp[a-z]*_/.test(answer)
					? { ok: false, reason: 'That is a secret or a token. The client ID is the plain one above it.' }
					: { ok: true, value: answer },
		});
		const value = await interview.ask({
			flag: names.client,
			ask: 'Client secret',
			where: 'The same page. It also signs the webhooks.',
			secret: true,
			enter: existing?.clientSecret ?? (existing?.clientId === undefined ? undefined : existing.secrets[0]),
			check: (answer) =>
				/^shpat_/.test(answer)
					? { ok: false, reason: 'That is an access token. The client secret begins with shpss_.' }
					: { ok: true, value: answer },
		});
		const secret = { value, name: names.client };
		const own = existing?.clientSecret === undefined ? undefined : secret;
		const secrets = { secrets: secret, clientSecret: own, adminToken: undefined };
		return { clientId, ...secretKeys(room, id, secrets, existing) };
	}

	async function askToken() {
		const token = await interview.ask({
			flag: names.token,
			ask: 'Admin API access token',
			where:
				"The shop's settings → Apps → Develop apps → your app → API credentials. It was shown once, when it was made.",
			secret: true,
			enter: existing?.adminToken,
			check: (answer) =>
				/^shpss_/.test(answer)
					? { ok: false, reason: 'That is the API secret key. The access token begins with shpat_.' }
					: { ok: true, value: answer },
		});
		const signing = await interview.ask({
			flag: names.webhook,
			ask: 'API secret key',
			where: 'The same page, below the token: it signs the webhooks.',
			secret: true,
			enter: existing?.secrets[0],
			check: (answer) =>
				/^shpat_/.test(answer)
					? { ok: false, reason: 'That is the access token again. The API secret key is below it.' }
					: { ok: true, value: answer },
		});
		const secrets = {
			secrets: { value: signing, name: names.webhook },
			adminToken: { value: token, name: names.token },
			clientSecret: undefined,
		};
		return { clientId: undefined, ...secretKeys(room, id, secrets, existing) };
	}
}
