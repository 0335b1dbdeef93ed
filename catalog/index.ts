import { apiKeys } from './api-keys';
import { automationFlows } from './automation-flows';
import { broadcast } from './broadcast';
import { calling } from './calling';
import { channels } from './channels';
import { chatbots } from './chatbots';
import { commerce } from './commerce';
import { contacts } from './contacts';
import { crm } from './crm';
import { facebookAds } from './facebook-ads';
import { forms } from './forms';
import { google } from './google';
import { inbox } from './inbox';
import { industryPacks } from './industry-packs';
import { keywordBots } from './keyword-bots';
import { loginWithWhatsApp } from './login-with-whatsapp';
import { messaging } from './messaging';
import type { Operation } from './operation';
import { operations } from './operations';
import { sequences } from './sequences';
import { shopify } from './shopify';
import { socialAutomation } from './social-automation';
import { templates } from './templates';
import { whatsappConfiguration } from './whatsapp-configuration';

export { applies } from './check-field';
export * from './build-request';
export * from './field-error';
export * from './labels';
export * from './operation';
export * from './read-answer';
export * from './template-limits';

/** The whole table, in the order of the developer page. A new operation is a row in its group's file. */
export const OPERATIONS: readonly Operation[] = [
	...whatsappConfiguration,
	...loginWithWhatsApp,
	...contacts,
	...messaging,
	...inbox,
	...templates,
	...broadcast,
	...automationFlows,
	...crm,
	...chatbots,
	...keywordBots,
	...forms,
	...industryPacks,
	...operations,
	...google,
	...sequences,
	...commerce,
	...apiKeys,
	...channels,
	...shopify,
	...socialAutomation,
	...facebookAds,
	...calling,
];

const byId = new Map(OPERATIONS.map((operation) => [operation.id, operation]));

/** The row of an operation; throws on an id that no row has. */
export function operation(id: string): Operation {
	const row = byId.get(id);
	if (!row) throw new Error(`The catalogue has no operation '${id}'. Known: ${[...byId.keys()].join(', ')}`);
	return row;
}
