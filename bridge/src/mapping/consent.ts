import type { Order } from '../domain';

const YES = ['yes', 'y', 'true', '1', 'on'];
const NO = ['no', 'n', 'false', '0', 'off'];

/** "WhatsApp opt-in" and whatsapp_opt_in are one name: checkout themes spell it as they like. */
const nameOf = (key: string): string =>
	key
		.trim()
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_');

/** The attributes, with `whatsapp_opt_in` and `whatsapp_opt_out` as "yes" or "no" however the shop spelled them. */
export function normaliseConsent(attributes: Record<string, string>): Record<string, string> {
	const normalised = { ...attributes };
	for (const [key, value] of Object.entries(attributes)) {
		const name = nameOf(key);
		if (name !== 'whatsapp_opt_in' && name !== 'whatsapp_opt_out') continue;
		const word = value.trim().toLowerCase();
		normalised[name] = YES.includes(word) ? 'yes' : NO.includes(word) ? 'no' : value;
	}
	return normalised;
}

/** How the buyer asked for no messages at all, in this order; undefined when they did not. Every mapping respects it. */
export function optOutOf({ attributes, tags }: Order): string | undefined {
	const { whatsapp_opt_in, whatsapp_opt_out } = normaliseConsent(attributes);
	if (whatsapp_opt_in === 'no') return "the buyer declined WhatsApp messages (order attribute 'whatsapp_opt_in')";
	if (whatsapp_opt_out === 'yes') return "the buyer declined WhatsApp messages (order attribute 'whatsapp_opt_out')";
	const tag = tags.find((each) => nameOf(each) === 'whatsapp_opt_out');
	return tag === undefined ? undefined : `the order is tagged '${tag}'`;
}
