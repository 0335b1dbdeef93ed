import { randomBytes } from 'node:crypto';
import { woocommerce } from '../../config/source-kinds/woocommerce';
import { openSource } from '../../journey/open-sources';
import { askId, type ConnectRoom, type Draft, idFrom, secretKeys, variableName } from './draft';
import { proveShop } from './prove-shop';
import type { Answer } from './questions';

/** The shop's address without what the browser had open in it. */
export function shopUrl(answer: string): Answer<string> {
	const text = /^https?:\/\//i.test(answer) ? answer : `https://${answer}`;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const local = url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
	if (!url || (!local && !url.hostname.includes('.')))
		return { ok: false, reason: `'${answer}' is not a web address. Write it as https://shop.example.com` };
	const path = url.pathname.replace(/\/(wp-admin|wp-json|wp-login\.php|shop|cart|my-account|index\.php)(\/.*)?$/, '');
	const value = `${url.origin}${path.replace(/\/+$/, '')}`;
	if (url.protocol === 'http:' && !local)
		return {
			ok: false,
			reason: "Over http everybody on the way reads your customers' data. Give the shop a certificate and write https.",
			suggestion: value.replace(/^http:/, 'https:'),
		};
	return { ok: true, value, ...(value === answer ? {} : { say: value }) };
}

/** WordPress decodes HTML entities in a secret before it signs with it: letters and digits only. */
export const newSecret = (): string =>
	[...randomBytes(40)].map((byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'[byte % 56]).join('');

/** Everything that a WooCommerce shop needs, asked and proved. */
export async function askWooCommerce(room: ConnectRoom): Promise<Draft> {
	const { interview } = room;
	const url = await interview.ask({
		flag: 'url',
		ask: 'Shop',
		where: "The shop's own web address: https://shop.example.com.",
		check: shopUrl,
	});
	const { id, existing } = await askId(
		room,
		'woocommerce',
		idFrom(new URL(url).hostname.replace(/^www\./, '').split('.')[0] ?? ''),
	);
	const names = {
		key: variableName(id, 'consumer key'),
		secret: variableName(id, 'consumer secret'),
		webhook: variableName(id, 'webhook secret'),
	};
	const begins = (prefix: string, other: string) => (answer: string) =>
		answer.startsWith(other)
			? { ok: false as const, reason: `That is the other one of the two. This one begins with ${prefix}.` }
			: { ok: true as const, value: answer };
	for (;;) {
		const consumerKey = await interview.ask({
			flag: names.key,
			ask: 'Consumer key',
			where:
				'WordPress admin → WooCommerce → Settings → Advanced → REST API → Add key, with the permission Read/Write.',
			secret: true,
			enter: existing?.consumerKey,
			check: begins('ck_', 'cs_'),
		});
		const consumerSecret = await interview.ask({
			flag: names.secret,
			ask: 'Consumer secret',
			where: 'The same page shows it once, below the key.',
			secret: true,
			enter: existing?.consumerSecret,
			check: begins('cs_', 'ck_'),
		});
		const secrets = {
			secrets: { name: names.webhook, value: room.place.own[names.webhook] || existing?.secrets[0] || newSecret() },
			consumerKey: { name: names.key, value: consumerKey },
			consumerSecret: { name: names.secret, value: consumerSecret },
		};
		const { written, plain, kept } = secretKeys(room, id, secrets, existing);
		const keys = { id, kind: 'woocommerce', url };
		const source = openSource(woocommerce.parse({ ...keys, ...plain }), room.defaults);
		if (await proveShop(interview, source)) return { written: { ...keys, ...written }, secrets: kept, source };
		interview.forget(names.key, names.secret);
	}
}
