import { z } from 'zod';
import type { Annotation } from '../../shop-admin';
import { ShopError } from '../../shop-error';
import type { Ask } from './ask';
import { ADD_TAGS, ORDER_NOTE, WRITE_NOTE } from './queries';
import { gidOf } from './shapes';
import { complaints } from './subscriptions';

const userErrors = z.array(z.object({ message: z.string() }));
const payload = z.object({ userErrors });
const tagged = z.object({ tagsAdd: payload });
const noted = z.object({ orderUpdate: payload });
const noteShape = z.object({ order: z.object({ note: z.string().nullish() }).nullish() });

/** Shopify's own limits. */
const LONGEST_TAG = 40;
const LONGEST_NOTE = 5000;

/** Tags and lines of the note that are there already are not added again. */
export async function annotate(ask: Ask, orderId: string, { tags = [], note }: Annotation): Promise<void> {
	const id = gidOf('Order', orderId);
	if (tags.length > 0) {
		const given = tags.map((tag) => tag.replaceAll(',', ' ').slice(0, LONGEST_TAG));
		refuse((await ask(ADD_TAGS, { id, tags: given }, tagged)).tagsAdd.userErrors);
	}
	if (note === undefined) return;
	const { order } = await ask(ORDER_NOTE, { id }, noteShape);
	if (!order) throw new ShopError('gone', 'The order is not in the shop any more');
	const lines = order.note?.split('\n') ?? [];
	const added = note.split('\n').filter((line) => !lines.includes(line));
	if (added.length === 0) return;
	const text = [...(order.note ? [order.note] : []), ...added].join('\n');
	if (text.length > LONGEST_NOTE) throw new ShopError('rejected', "The order's note is full");
	refuse((await ask(WRITE_NOTE, { input: { id, note: text } }, noted)).orderUpdate.userErrors);
}

/** A deleted order is told of as an error of the field `id`, in words only. */
function refuse(given: z.output<typeof userErrors>): void {
	const said = complaints(given);
	if (said === undefined) return;
	if (/(?:does not|doesn't|not) (?:exist|be found|found)/i.test(said))
		throw new ShopError('gone', 'The order is not in the shop any more');
	throw new ShopError('rejected', `The shop refuses to write to the order: ${said}`);
}
