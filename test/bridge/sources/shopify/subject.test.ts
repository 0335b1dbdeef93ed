import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import {
	shopifyDeliveries,
	shopifyFixture,
	SHOPIFY_SECRET,
	SHOPIFY_SHOP,
	signedShopify,
} from '../../../support/shopify';
import { verdictOf } from '../battery';

// What npm run test:chaos found: without it, what is told of one order was planned side by side, in any order.
const source = shopifySource({ id: 'acme', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET] }, {});

test.each(shopifyDeliveries().filter(({ topic }) => /^(orders|fulfillments|fulfillment_events|refunds)\//.test(topic)))(
	'$file: the order it is about is told as its reading tells it',
	({ file, headers }) => {
		const verdict = verdictOf(source, signedShopify(shopifyFixture(file), { headers }));
		if (!verdict.ok) throw new Error(verdict.detail);
		const reading = source.read(verdict.delivery);
		const read = 'subject' in reading ? reading.subject : undefined;
		if (read !== undefined) expect(source.subjectOf?.(verdict.delivery)).toBe(read);
	},
);
