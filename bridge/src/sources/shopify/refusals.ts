import type { Delivery, Verdict } from '../../domain';

type Refusal = Extract<Verdict, { ok: false }>;

/** Headers are nobody's word: what is repeated of them in an answer stays short. */
const brief = (header: string): string => header.slice(0, 100);

/** Every way to be turned away, with the innocent cause that is behind it most of the time. */
export const refuse = {
	noSecret: (source: string): Refusal => ({
		ok: false,
		status: 401,
		reason: 'no-secret-configured',
		detail: `Source '${source}' has no secret, so nothing can be believed. Add the app's client secret under 'secrets'.`,
	}),
	emptyBody: (): Refusal => ({
		ok: false,
		status: 400,
		reason: 'empty-body',
		detail: 'The request has no body. Shopify always sends one; a browser or an uptime check does not.',
	}),
	missingSignature: (): Refusal => ({
		ok: false,
		status: 401,
		reason: 'missing-signature',
		detail:
			'The header X-Shopify-Hmac-Sha256 is missing, so the request is not from Shopify, or a proxy in between removed it.',
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
	missingHeaders: (names: readonly string[]): Refusal => ({
		ok: false,
		status: 400,
		reason: 'missing-headers',
		detail: `The signature is right, but Shopify's headers did not all arrive: ${names.join(', ')}. A proxy in between may remove them.`,
	}),
	wrongShop: (shop: string, given: string): Refusal => ({
		ok: false,
		status: 401,
		reason: 'wrong-shop',
		detail: `The request is from ${brief(given)}, this address is for ${shop}. Give each shop its own source and its own webhook address.`,
	}),
	unsupportedContentType: (given: string | undefined, delivery: Delivery): Refusal => ({
		ok: false,
		status: 415,
		reason: 'unsupported-content-type',
		detail: `The content type is ${given === undefined ? 'not given' : `'${brief(given)}'`}. Choose the format JSON for this webhook in Shopify.`,
		delivery,
	}),
	unreadableBody: (delivery: Delivery): Refusal => ({
		ok: false,
		status: 422,
		reason: 'unreadable-body',
		detail: 'The signature is right, but the body is not a JSON object. It is kept for a person to look at.',
		delivery,
	}),
};
