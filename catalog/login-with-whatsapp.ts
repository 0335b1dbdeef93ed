import { boolean, choice, inPath, inQuery, lines, required, secret, string, url, when } from './fields';
import type { Operation } from './operation';
import { PICK, recordInPath } from './pick';

const sessionId = inPath(string('sessionId', 'Session ID that Start returned.', 'ses_7Qm2kX0b'));
const shared = boolean('use_messlo_phone', "Whether to use Messlo's shared number.", false, { default: false });

/** All of these need the key of a login app, not the account's. */
export const loginWithWhatsApp: readonly Operation[] = [
	{
		id: 'login.start',
		resource: 'Login',
		operation: 'Start',
		label: 'Start a login',
		description: 'Opens a login session and returns a wa.me link; the user proves the number by sending its text.',
		route: 'POST /v1/auth/whatsapp/start',
		contract: { operationId: 'startWhatsAppLogin' },
		rows: [6],
		fields: [
			shared,
			when(
				'use_messlo_phone',
				[false],
				string(
					'phone_number_id',
					'Number ID at Meta that receives the text; the primary one by default.',
					'106540352242922',
					{
						label: 'Sender Number (Meta ID)',
						pick: PICK.metaPhoneNumber,
					},
				),
			),
			string('device_hash', "Fingerprint of the user's device.", '3f1c9a'),
		],
	},
	{
		id: 'login.listen',
		resource: 'Login',
		operation: 'Wait for Verification',
		label: 'Wait for the verification of a login',
		description: "Listens to a login session until the user's text has arrived; then read its status once.",
		route: 'GET /v1/auth/whatsapp/events/{sessionId}',
		contract: { operationId: 'streamWhatsAppLoginEvents' },
		rows: [7],
		fields: [sessionId, required(inQuery(secret('token', 'The subscribeToken that Start returned.', 'sub_9f2c')))],
		stream: true,
	},
	{
		id: 'login.getStatus',
		resource: 'Login',
		operation: 'Get Status',
		label: 'Get the status of a login',
		description: 'Reads a login session; it holds the verification token once the user has sent the text.',
		route: 'GET /v1/auth/whatsapp/status/{sessionId}',
		contract: { operationId: 'getWhatsAppLoginStatus' },
		rows: [8],
		fields: [sessionId],
	},
	{
		id: 'login.verifyToken',
		resource: 'Login',
		operation: 'Verify Token',
		label: 'Verify a login token',
		description: 'Checks a verification token, which works once, and returns the phone number and name of the user.',
		route: 'POST /v1/auth/verify-token',
		contract: { operationId: 'verifyWhatsAppLoginToken' },
		rows: [9],
		fields: [required(secret('token', 'The verificationToken from the status.', 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln'))],
	},
	{
		id: 'loginApp.create',
		resource: 'Login App',
		operation: 'Create',
		label: 'Create a login app',
		description: 'Creates a Login with WhatsApp app with an API key and webhook secret of its own.',
		route: 'POST /api/whatsapp-login-apps',
		contract: { operationId: 'createLoginApp' },
		rows: [],
		fields: [
			required(string('name', 'Name of the app.', 'Shop login', { min: 2 })),
			choice('platform', 'Kind of app.', ['web', 'flutter'], { default: 'web' }),
			shared,
			boolean('use_messlo_hosted_webhook', 'Whether Messlo hosts the webhook.', true, { default: true }),
			url('webhook_url', 'Your own receiver of login events.', 'https://shop.example.com/hooks/messlo'),
			lines('login_success_reply_message', 'Reply to the user after a good login.', 'You are signed in.', {
				label: 'Success Reply',
			}),
		],
	},
	{
		id: 'loginApp.getMany',
		resource: 'Login App',
		operation: 'Get Many',
		label: 'Get many login apps',
		description: 'Lists the Login with WhatsApp apps of the account.',
		route: 'GET /api/whatsapp-login-apps',
		contract: { operationId: 'listLoginApps' },
		rows: [],
		fields: [],
		itemsAt: ['data', 'data.apps', 'apps'],
	},
	{
		id: 'loginApp.regenerateSecret',
		resource: 'Login App',
		operation: 'Regenerate Webhook Secret',
		label: 'Regenerate the webhook secret of a login app',
		description: 'Issues a new webhook signing secret for a login app; the old one stops working at once.',
		route: 'POST /api/whatsapp-login-apps/{appId}/regenerate-webhook-secret',
		contract: { operationId: 'regenerateLoginWebhookSecret' },
		rows: [],
		fields: [recordInPath('Login App', '016', PICK.loginApp, 'appId')],
		fixed: {},
	},
];
