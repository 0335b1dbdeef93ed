import type { Delivery } from '../../domain';
import { brief, refusalsOf, type Refusal } from '../shop/refusals';

/** Every way to be turned away, with the innocent cause that is behind it most of the time. */
export const refuse = {
	...refusalsOf({
		platform: 'WooCommerce',
		addSecret: "Add the webhook's secret",
		signatureHeader: 'X-WC-Webhook-Signature',
		chooseJson: 'WooCommerce sends orders as JSON; a proxy or a plugin in between may have changed it.',
	}),
	badSignature: (shop: string, given: string, isSame: boolean): Refusal => ({
		ok: false,
		status: 401,
		reason: 'bad-signature',
		detail:
			given !== '' && !isSame
				? `The signature fits none of the secrets. The request says it is from ${brief(given)}, this address is for ${shop}: the webhook of that shop may point here by mistake.`
				: `The signature fits none of the secrets. Copy the secret from WooCommerce → Settings → Advanced → Webhooks → the webhook; where it was left empty, WooCommerce made one of its own that it does not show: set one. Use letters and digits only: WordPress decodes HTML entities such as &amp; in a secret before it signs. A proxy that rewrites the body has the same effect.`,
	}),
	notAllowed: (code: string, delivery: Delivery): Refusal => ({
		ok: false,
		status: 422,
		reason: 'permission-error',
		detail: `WooCommerce sent an error (${brief(code)}) in place of the order: the user who made this webhook may not read orders any more. Open the webhook under WooCommerce → Settings → Advanced → Webhooks and save it as an administrator, or make it anew: messlo-bridge connect woocommerce. The orders of these deliveries are fetched afterwards when there is a key for the shop's API.`,
		delivery,
	}),
};
