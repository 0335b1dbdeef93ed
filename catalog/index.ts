import { contacts } from './contacts';
import { messaging } from './messaging';
import type { Operation } from './operation';
import { templates } from './templates';
import { whatsappConfiguration } from './whatsapp-configuration';

export * from './build-request';
export * from './operation';
export * from './read-answer';

/** The whole table. A new operation is a row in its group's file. */
export const OPERATIONS: readonly Operation[] = [...whatsappConfiguration, ...contacts, ...messaging, ...templates];

const byId = new Map(OPERATIONS.map((operation) => [operation.id, operation]));

/** The row of an operation; throws on an id that no row has. */
export function operation(id: string): Operation {
	const row = byId.get(id);
	if (!row) throw new Error(`The catalogue has no operation '${id}'. Known: ${[...byId.keys()].join(', ')}`);
	return row;
}
