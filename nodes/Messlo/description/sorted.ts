/** Menus, collections and choices are in alphabetical order, as in all of n8n. */
export const sorted = <Key extends string, Item extends Record<Key, string>>(items: Item[], key: Key): Item[] =>
	items.toSorted((a, b) => a[key].localeCompare(b[key], 'en'));
