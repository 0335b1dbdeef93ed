import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

export class MessloApi implements ICredentialType {
	name = 'messloApi';

	displayName = 'Messlo API';

	icon = { light: 'file:../nodes/Messlo/messlo.svg', dark: 'file:../nodes/Messlo/messlo.dark.svg' } as const;

	documentationUrl = 'https://messlo.com/developers';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Key of the account. Create one in the Messlo dashboard, under API keys.',
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

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}', url: '/api/whatsapp/connections' },
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'Messlo does not know this API key. Copy it again from the dashboard.' },
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'Messlo refuses this API key. Check that it is active and may read accounts.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Messlo API at this base URL. It is usually https://api.messlo.com',
				},
			},
		],
	};
}
