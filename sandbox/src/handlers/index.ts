import { connections } from './connections';
import { contacts } from './contacts';
import type { Handler } from './handler';
import { inbox } from './inbox';
import { send } from './send';
import { templates } from './templates';

/** What the sandbox can do, by operationId of the contract. */
export const handlers: Readonly<Record<string, Handler>> = {
	...connections,
	...contacts,
	...inbox,
	...send,
	...templates,
};
