import type { Delivery } from '../../domain';
import { generationOf, type Row } from './row';
import type { SheetConfig } from './sheet-config';

/** What is stored of a row that was fetched. */
export interface StoredRow {
	spreadsheet: string;
	sheet: string;
	id: string;
	number: number;
	/** When it was found, ISO 8601. */
	at: string;
	values: Record<string, string>;
}

/**
 * A row to store. It has two names: its id, which survives edits and moves, and its content, which survives a lost id;
 * a row that is known by either is not stored again.
 */
export function deliveryOf(
	{ id, number, values, hash }: Row & { id: string },
	config: SheetConfig,
	at: Date,
): Delivery {
	const { spreadsheet, sheet } = config;
	const stored: StoredRow = { spreadsheet, sheet, id, number, at: at.toISOString(), values };
	return {
		source: config.id,
		topic: 'row',
		deliveryKey: `row/${id}`,
		eventKey: contentKey(hash, generationOf(id)),
		triggeredAt: stored.at,
		body: Buffer.from(JSON.stringify(stored)),
		headers: {},
	};
}

/** The same content is another event when its row was marked to be sent again. */
export const contentKey = (hash: string, generation: number): string =>
	`content/${hash}${generation === 0 ? '' : `.${generation}`}`;

/** The id of the row that a delivery was; undefined for what a script posted. */
export const idOf = (deliveryKey: string): string | undefined =>
	deliveryKey.startsWith('row/') ? deliveryKey.slice('row/'.length) : undefined;
