import type { Delivery, Verdict } from '../../domain';

export type Refusal = Extract<Verdict, { ok: false }>;

/** Headers are nobody's word: what is repeated of them in an answer stays short. */
export const brief = (header: string): string => header.slice(0, 100);

/** How a shop names the things that the refusals of all shops speak of. */
interface Words {
	/** "Shopify" */
	platform: string;
	/** "Add the app's client secret" */
	addSecret: string;
	signatureHeader: string;
	/** "Choose the format JSON for this webhook in Shopify." */
	chooseJson: string;
}

/** The ways to be turned away that are the same at every shop. */
export const refusalsOf = ({ platform, addSecret, signatureHeader, chooseJson }: Words) => ({
	noSecret: (source: string): Refusal => ({
		ok: false,
		status: 401,
		reason: 'no-secret-configured',
		detail: `Source '${source}' has no secret, so nothing can be believed. ${addSecret} under 'secrets'.`,
	}),
	emptyBody: (): Refusal => ({
		ok: false,
		status: 400,
		reason: 'empty-body',
		detail: `The request has no body. ${platform} always sends one; a browser or an uptime check does not.`,
	}),
	missingSignature: (): Refusal => ({
		ok: false,
		status: 401,
		reason: 'missing-signature',
		detail: `The header ${signatureHeader} is missing, so the request is not from ${platform}, or a proxy in between removed it.`,
	}),
	missingHeaders: (names: readonly string[]): Refusal => ({
		ok: false,
		status: 400,
		reason: 'missing-headers',
		detail: `The signature is right, but ${platform}'s headers did not all arrive: ${names.join(', ')}. A proxy in between may remove them.`,
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
		detail: `The content type is ${given === undefined ? 'not given' : `'${brief(given)}'`}. ${chooseJson}`,
		delivery,
	}),
	unreadableBody: (delivery: Delivery): Refusal => ({
		ok: false,
		status: 422,
		reason: 'unreadable-body',
		detail: 'The signature is right, but the body is not a JSON object. It is kept for a person to look at.',
		delivery,
	}),
});
