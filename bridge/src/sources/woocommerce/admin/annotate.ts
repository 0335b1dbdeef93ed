import { z } from 'zod';
import type { Annotation } from '../../shop-admin';
import type { Shop } from './client';

const notesSchema = z.array(z.looseObject({ note: z.string() })).catch([]);

/**
 * Writes a private order note, which stands on the order's page for the merchant alone. WooCommerce has no tags: they become a line
 * of the note. Not meta data: a merchant does not see it, and each change of it is a change of the order, with a webhook of its own.
 * Lines that a note of the order has already are left out.
 */
export async function annotate(shop: Shop, orderId: string, { note = '', tags = [] }: Annotation): Promise<void> {
	const endpoint = `orders/${encodeURIComponent(orderId)}/notes`;
	const wanted = [...note.split('\n'), ...tags.map((tag) => `Tag: ${tag}`)].filter((line) => essence(line) !== '');
	if (wanted.length === 0) return;
	const { data } = await shop.ask('get', endpoint, { query: { type: 'internal' } });
	const written = new Set(notesSchema.parse(data).flatMap((each) => each.note.split(/\n|<br\s*\/?>/).map(essence)));
	const missing = wanted.filter((line) => !written.has(essence(line)));
	if (missing.length === 0) return;
	await shop.ask('post', endpoint, { body: { note: missing.join('\n'), customer_note: false } });
}

/** What WordPress cannot change in a text: it takes backslashes and tags out, and writes signs as entities. */
const essence = (line: string): string =>
	line
		.replace(/<[^>]*>|&#?\w+;/g, ' ')
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim();
