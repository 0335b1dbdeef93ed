import { z } from 'zod';
import { strictObject } from '../../yaml/strict-object';
import { words } from '../../yaml/values';
import { address, optional, secret } from '../values';
import { common, healing, orders } from './common';

export const shopify = strictObject({
	...common,
	kind: z.literal('shopify'),
	shop: z
		.string()
		.regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "is not a shop → write the shop's own domain: acme.myshopify.com")
		.describe("The shop's myshopify.com domain; webhooks of other shops are refused."),
	...orders,
	adminToken: optional(
		secret(),
		'Admin API access token (shpat_…) of an app made in the store, to register webhooks and to catch up on missed orders.',
	),
	clientId: optional(
		words(),
		'Instead of adminToken, for an app of the Dev Dashboard: its client ID. Tokens are fetched and renewed with it.',
	),
	clientSecret: optional(secret(), "The app's client secret; the first of `secrets` when left out."),
	...healing,
	apiUrl: optional(address(), 'For tests: a stand-in for the Admin API.'),
});
