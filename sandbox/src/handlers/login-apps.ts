import type { Entry, State } from '../state';
import { Collection } from './collection';
import { handler, type Handler } from './handler';

export const loginApps = new Collection('login-apps', {
	noun: 'Login app',
	hidden: ['api_key', 'webhook_secret'],
	defaults: { platform: 'web', use_messlo_phone: false, use_messlo_hosted_webhook: true },
});

/** The login app that a key belongs to. */
export const loginAppOf = (state: State, key: string): Entry | undefined =>
	loginApps.all(state).find(({ api_key: own }) => own === key);

export const loginAppHandlers: Record<string, Handler> = {
	...loginApps.serve({ list: 'listLoginApps' }),

	/** Secrets are shown here and never again. */
	createLoginApp: handler<Record<string, unknown>>(({ world, body }) => {
		const _id = world.state.nextId();
		const secrets = { api_key: `mk_login_${_id}`, webhook_secret: `whsec_${_id}` };
		const app = loginApps.add(world, { ...body, ...secrets, _id });
		const messlo_webhook_url = `${world.url}/api/whatsapp-auth/webhook/${_id}`;
		return { success: true, data: loginApps.shown(app), ...secrets, messlo_webhook_url };
	}),

	regenerateLoginWebhookSecret: handler(({ world, path }) => {
		const app = loginApps.find(world.state, path['appId'] ?? '');
		const webhook_secret = `whsec_${world.state.nextId()}`;
		loginApps.change(world, app, { webhook_secret });
		return { success: true, data: loginApps.shown(app), webhook_secret };
	}),

	// For Meta to call; here the phone reaches the sandbox without it.
	receiveHostedLoginWebhook: handler(({ world, path }) => {
		loginApps.find(world.state, path['appId'] ?? '');
		return { success: true };
	}),
};
