import { campaigns } from './campaign';
import { chatbots } from './chatbots';
import { flows } from './flow';
import { handler, type Handler } from './handler';
import { agents } from './team';

const usage = handler(({ world: { state } }) => ({
	success: true,
	data: {
		contacts: { used: state.contacts.length, limit: 1000 },
		templates: { used: state.templates.length, limit: 250 },
		messages: { used: state.messages.filter(({ direction }) => direction === 'outgoing').length, limit: 0 },
		campaigns: { used: campaigns.all(state).length, limit: 50 },
		automation_flows: { used: flows.all(state).length, limit: 20 },
		chatbots: { used: chatbots.all(state).length, limit: 5 },
		agents: { used: agents.all(state).length, limit: 5 },
	},
}));

const plan = handler(() => ({
	success: true,
	data: {
		plan: 'Sandbox',
		status: 'active',
		features: { campaigns: true, automation: true, chatbots: true, api: true },
	},
}));

/** Each on the path of the page and on that of the vendor's newest client. */
export const subscription: Record<string, Handler> = {
	getSubscriptionUsage: usage,
	getSubscriptionUsageSingular: usage,
	getMySubscription: plan,
	getMySubscriptionPlural: plan,
};
