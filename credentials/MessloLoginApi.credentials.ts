import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

export class MessloLoginApi implements ICredentialType {
	name = 'messloLoginApi';

	displayName = 'Messlo Login API';

	icon = { light: 'file:../nodes/Messlo/messlo.svg', dark: 'file:../nodes/Messlo/messlo.dark.svg' } as const;

	documentationUrl = 'https://messlo.com/developers';

	properties: INodeProperties[] = [
		{
			displayName: 'Login App API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Key of the Login with WhatsApp app; not the key of the account',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Signs the login events that Messlo posts. Shown once, when the app is created; only triggers need it.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.messlo.com',
			required: true,
			description: 'Address of the API, without a path. Change it only for a sandbox or a proxy.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-API-Key': '={{$credentials.apiKey}}' } },
	};

	// No operation of a login app only reads. The status of a session that does not exist is refused with 401
	// when the key is wrong, and with 404 when it is right.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/v1/auth/whatsapp/status/n8n-credential-test',
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403, 500, 502, 503, 504] },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Messlo does not know this key of a login app. The key of the account does not work here.',
				},
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'Messlo refuses this key. Check that the login app is active.' },
			},
		],
	};
}
