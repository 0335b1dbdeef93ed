import { brief, refusalsOf, type Refusal } from '../shop/refusals';

/** Every way to be turned away, with the innocent cause that is behind it most of the time. */
export const refuse = {
	...refusalsOf({
		platform: 'Shopify',
		addSecret: "Add the app's client secret",
		signatureHeader: 'X-Shopify-Hmac-Sha256',
		chooseJson: 'Choose the format JSON for this webhook in Shopify.',
	}),
	badSignature: (shop: string, given: string): Refusal => ({
		ok: false,
		status: 401,
		reason: 'bad-signature',
		detail:
			given !== '' && given !== shop
				? `The signature fits none of the secrets. The request says it is from ${brief(given)}, this address is for ${shop}: the webhook of that shop may point here by mistake.`
				: `The signature fits none of the secrets. A webhook made in the store's settings under Notifications is signed with the key shown on that page, one made by an app with the app's client secret: put the right one under 'secrets' (both may stand there). A proxy that rewrites the body has the same effect.`,
	}),
};
