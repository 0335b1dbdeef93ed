import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ANA, openSandbox, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'reset'));

const APP = { 'x-api-key': 'sandbox-login-key' };
const login = (method: string, path: string, body?: unknown) => sandbox.call(method, path, body, APP);

interface Session {
	sessionId: string;
	waLink: string;
	subscribeToken: string;
}
async function start(body: Record<string, unknown> = {}, headers: Record<string, string> = APP): Promise<Session> {
	const answer = await sandbox.call('POST', '/v1/auth/whatsapp/start', body, headers);
	expect(answer.status).toBe(200);
	return answer.body as unknown as Session;
}
/** The person follows the link: its text, to its number. */
const follow = ({ waLink }: Session, contact_no = ANA) => {
	const { pathname, searchParams } = new URL(waLink);
	const message = searchParams.get('text');
	const to = { whatsapp_phone_number: pathname.slice(1) };
	return sandbox.control('POST', 'inbound', { contact_no, message, name: 'Ana Lima', ...to });
};
const status = ({ sessionId }: Session) => login('GET', `/v1/auth/whatsapp/status/${sessionId}`);

test('a login is pending until its text has come, and its token works once', async () => {
	const session = await start();
	const pending = await status(session);
	expect([pending.status, pending.body, pending.headers.get('retry-after')]).toEqual([
		200,
		{ success: false, status: 'pending' },
		'2',
	]);
	await follow(session);
	const { body } = await status(session);
	expect(body).toMatchObject({ success: true, status: 'verified' });
	const verify = () => login('POST', '/v1/auth/verify-token', { token: body['verificationToken'] });
	expect((await verify()).body).toEqual({ valid: true, user: { phone: ANA, name: 'Ana Lima' } });
	expect(await verify()).toMatchObject({ status: 401, body: { success: false } });
});

test('the event stream tells it at once, needs the token and no key', async () => {
	const { sessionId, subscribeToken, ...session } = await start();
	const listen = (token: string) => fetch(`${sandbox.url}/v1/auth/whatsapp/events/${sessionId}?token=${token}`);
	expect((await listen('sub_wrong')).status).toBe(401);
	const stream = await listen(subscribeToken);
	expect(stream.headers.get('content-type')).toMatch('text/event-stream');
	await follow({ sessionId, subscribeToken, ...session });
	const told = `: open\n\nevent: verified\ndata: {"sessionId":"${sessionId}"}\n\n`;
	expect(await stream.text()).toBe(told);
	// Who comes late is told too.
	expect(await (await listen(subscribeToken)).text()).toBe(told);
});

test('a wrong text, or the text to another number, lets nobody in', async () => {
	const session = await start({ phone_number_id: '106540352242923' });
	expect(session.waLink).toMatch(/^https:\/\/wa\.me\/12025550100\?text=LOGIN%20\d+$/);
	const message = new URL(session.waLink).searchParams.get('text');
	await sandbox.control('POST', 'inbound', {
		contact_no: ANA,
		message: `${message}0`,
		whatsapp_phone_number: '12025550100',
	});
	await sandbox.control('POST', 'inbound', { contact_no: ANA, message, whatsapp_phone_number: '911234567890' });
	expect((await status(session)).body).toMatchObject({ status: 'pending' });
	await follow(session);
	expect((await status(session)).body).toMatchObject({ status: 'verified' });
});

test('after ten minutes a session has expired, for its text too', async () => {
	const session = await start();
	const stream = await fetch(
		`${sandbox.url}/v1/auth/whatsapp/events/${session.sessionId}?token=${session.subscribeToken}`,
	);
	await sandbox.control('POST', 'clock', { advanceMs: 600_000 });
	await follow(session);
	expect(await status(session)).toMatchObject({ status: 410, body: { message: 'expired' } });
	expect(await stream.text()).toBe(': open\n\n');
});

test('login calls take the key of a login app, and no other call does', async () => {
	const refused = await sandbox.api('POST', '/v1/auth/whatsapp/start', {});
	expect([refused.status, refused.body['message']]).toEqual([401, expect.stringContaining('the key of a login app')]);
	expect(await login('GET', '/api/tags')).toMatchObject({ status: 401, body: { message: 'Invalid API key' } });
	expect((await login('POST', '/v1/auth/whatsapp/start', { phone_number_id: '1' })).status).toBe(404);
});

test('a new app has its own key, tells its webhook with a signature, and answers the person', async () => {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	const event = new Promise<{ signature: unknown; body: string }>((resolve) => {
		server.on('request', (request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				response.end('{}');
				resolve({ signature: request.headers['x-messlo-signature'], body });
			});
		});
	});
	const made = await sandbox.api('POST', '/api/whatsapp-login-apps', {
		name: 'Shop login',
		webhook_url: `http://127.0.0.1:${port}/hook`,
		login_success_reply_message: 'You are signed in.',
	});
	const session = await start({}, { 'x-api-key': String(made.body['api_key']) });
	await follow(session);
	const { signature, body } = await event;
	const secret = String(made.body['webhook_secret']);
	expect(signature).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
	expect(JSON.parse(body)).toMatchObject({
		event: 'whatsapp.auth.verified',
		sessionId: session.sessionId,
		user: { phone: ANA, name: 'Ana Lima' },
	});
	expect(await sandbox.list('messages')).toMatchObject([{ direction: 'incoming' }, { message: 'You are signed in.' }]);
	expect(await sandbox.list('calls')).toMatchObject([{ method: 'POST', status: 200 }]);
	const shown = await sandbox.api('GET', '/api/whatsapp-login-apps');
	expect(shown.text).not.toContain(secret);
	server.close();
	server.closeAllConnections();
});

test('a made key works as the account’s until it is deleted', async () => {
	const { body } = await sandbox.api('POST', '/api/api-keys', { name: 'backend' });
	const read = () => sandbox.call('GET', '/api/tags', undefined, { 'x-api-key': String(body['api_key']) });
	expect((await read()).status).toBe(200);
	await sandbox.api('POST', '/api/api-keys/delete', { ids: [(body['data'] as { _id: string })._id] });
	expect((await read()).status).toBe(401);
	const logs = await sandbox.api('GET', '/api/api-keys/logs?limit=2');
	expect(logs.body['data']).toMatchObject([{}, { method: 'GET', endpoint: '/api/tags', status_code: 401 }]);
});

test('the hosted webhook of an app is taken without a key, that of no app is not', async () => {
	const call = (app: string) => sandbox.call('POST', `/api/whatsapp-auth/webhook/${app}`, { object: 'whatsapp' });
	expect((await call('665f1c2ab7d1c8a5f0e41016')).body).toEqual({ success: true });
	expect((await call('665f1c2ab7d1c8a5f0e41fff')).status).toBe(404);
});
