import { startSandbox, type SandboxOptions } from '../../sandbox/src/sandbox';

export const START = new Date('2026-06-01T08:00:00.000Z');
export const ANA = '919812345678';
export const SENDER = '911234567890';

export interface Reply {
	status: number;
	headers: Headers;
	/** The parsed body; `{}` when it is not JSON. */
	body: Record<string, unknown>;
	text: string;
}

/** A sandbox at a fixed time, and the ways to call it. */
export async function openSandbox(options: SandboxOptions = {}) {
	const sandbox = await startSandbox({ clock: { now: () => START }, ...options });

	const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
		const response = await fetch(sandbox.url + path, {
			method,
			headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
			...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, headers: response.headers, body: parsed(text), text };
	};
	const api = (method: string, path: string, body?: unknown): Promise<Reply> =>
		call(method, path, body, { 'x-api-key': 'sandbox-api-key' });
	const control = async (method: string, path: string, body?: unknown): Promise<Reply> =>
		call(method, `/__sandbox/${path}`, body);

	return {
		...sandbox,
		call,
		api,
		control,
		send: (body: Record<string, unknown>) => api('POST', '/api/whatsapp/send', body),
		list: async (path: string): Promise<Record<string, unknown>[]> => {
			const { text } = await control('GET', path);
			return JSON.parse(text) as Record<string, unknown>[];
		},
	};
}
export type OpenSandbox = Awaited<ReturnType<typeof openSandbox>>;

/** A template message as the bridge sends it. */
export const templateMessage = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	contact_no: ANA,
	whatsapp_phone_number: SENDER,
	messageType: 'template',
	templateName: 'order_update',
	languageCode: 'en_US',
	templateVariables: { '1': 'Ana', '2': '#1042' },
	...fields,
});

export const textMessage = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	contact_no: ANA,
	whatsapp_phone_number: SENDER,
	messageType: 'text',
	message: 'Your table is ready.',
	...fields,
});

/** A seed for `POST /__sandbox/templates`, with the two variables of `templateMessage`. */
export const templateSeed = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	name: 'order_update',
	language: 'en_US',
	message_body: 'Hello {{1}}, order {{2}} is on its way.',
	...fields,
});

function parsed(text: string): Record<string, unknown> {
	try {
		const body: unknown = JSON.parse(text);
		return typeof body === 'object' && body !== null ? { ...body } : {};
	} catch {
		return {};
	}
}
