import { at, buildRequest, operation, readText, readTotal, type Values } from '../../../catalog';
import { collect } from '../api/collect';
import type { Api } from '../api/connect';

/** How many people a campaign goes to. */
export interface Recipients {
	count: number;
	/** It may be fewer: the API does not say which contacts have the tags. */
	atMost?: true;
}

const CONTACTS = operation('contact.getMany');

/** Counts the recipients of an audience; what it asks the API, it asks once an execution. */
export function recipientCounter(api: Api): (audience: Values, enough: number) => Promise<Recipients | undefined> {
	let contacts: Promise<Values[]> | undefined;
	let total: Promise<number> | undefined;
	const allContacts = () => (contacts ??= collect(api, CONTACTS, {}, Infinity));
	const allCount = () =>
		(total ??= api
			.send(buildRequest(CONTACTS, { page: 1, limit: 1 }))
			.then(async (body) => readTotal(body) ?? (await allContacts()).length));

	return async ({ recipient_type, contact_numbers, tag_ids }, enough) => {
		switch (recipient_type) {
			case 'specific_contacts':
				return Array.isArray(contact_numbers) ? { count: new Set(contact_numbers).size } : undefined;
			case 'all_contacts':
				return { count: await allCount() };
			case 'tags': {
				const all = await allCount();
				// The list of contacts has no filter by tag, so it is read whole, where it matters.
				return all <= enough ? { count: all } : countTagged(await allContacts(), tag_ids, all);
			}
			default:
				return undefined;
		}
	};
}

function countTagged(contacts: readonly Values[], tagIds: unknown, all: number): Recipients {
	if (!contacts.some(({ tags }) => Array.isArray(tags))) return { count: all, atMost: true };
	const wanted = new Set(Array.isArray(tagIds) ? tagIds.map(String) : []);
	const idOf = (tag: unknown) => readText(tag, '_id', 'id') ?? String(tag);
	return {
		count: contacts.filter((contact) => {
			const tags = at(contact, 'tags');
			return Array.isArray(tags) && tags.some((tag) => wanted.has(idOf(tag)));
		}).length,
	};
}
