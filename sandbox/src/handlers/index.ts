import { apiKeyHandlers } from './api-keys';
import { calling } from './calling';
import { campaignHandlers } from './campaigns';
import { channelHandlers } from './channels';
import { chatbotHandlers } from './chatbots';
import { commerce } from './commerce';
import { connections } from './connections';
import { contactImports } from './contact-imports';
import { contacts } from './contacts';
import { crm } from './crm';
import { facebookAds } from './facebook-ads';
import { flowHandlers } from './flows';
import { formHandlers } from './forms';
import { google } from './google';
import type { Handler } from './handler';
import { inbox } from './inbox';
import { industryPacks } from './industry-packs';
import { keywordBots } from './keyword-bots';
import { login } from './login';
import { loginAppHandlers } from './login-apps';
import { orderWebhookHandlers } from './order-webhooks';
import { pipelineHandlers } from './pipelines';
import { send } from './send';
import { sequenceHandlers } from './sequences';
import { shopify } from './shopify';
import { socialAutomation } from './social-automation';
import { subscription } from './subscription';
import { team } from './team';
import { templates } from './templates';

/** What the sandbox can do, by operationId of the contract: all of it. */
export const handlers: Readonly<Record<string, Handler>> = {
	...connections,
	...login,
	...loginAppHandlers,
	...contacts,
	...contactImports,
	...send,
	...inbox,
	...templates,
	...campaignHandlers,
	...flowHandlers,
	...crm,
	...chatbotHandlers,
	...keywordBots,
	...formHandlers,
	...industryPacks,
	...subscription,
	...team,
	...pipelineHandlers,
	...google,
	...sequenceHandlers,
	...commerce,
	...orderWebhookHandlers,
	...apiKeyHandlers,
	...channelHandlers,
	...shopify,
	...socialAutomation,
	...facebookAds,
	...calling,
};
