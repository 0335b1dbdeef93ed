import { openSandbox, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'reset'));

const connections = (headers: Record<string, string>) =>
	sandbox.call('GET', '/api/whatsapp/connections', undefined, headers);

test('the key is taken in X-API-Key and as Authorization: ApiKey', async () => {
	expect((await connections({ 'x-api-key': 'sandbox-api-key' })).status).toBe(200);
	expect((await connections({ authorization: 'ApiKey sandbox-api-key' })).status).toBe(200);
});

test.each([
	['no key', {}, 'API key is missing'],
	['a wrong key', { 'x-api-key': 'other' }, 'Invalid API key'],
	['a dashboard token', { authorization: 'Bearer sandbox-api-key' }, 'API key is missing'],
])('%s is answered with 401', async (_what, headers, reason) => {
	const { status, body } = await connections(headers);
	expect({ status, success: body['success'] }).toEqual({ status: 401, success: false });
	expect(body['message']).toContain(reason);
});

test('a revoked key works again when it is given back', async () => {
	await sandbox.control('POST', 'key', { revoked: true });
	const revoked = await sandbox.api('GET', '/api/whatsapp/connections');
	await sandbox.control('POST', 'key', { revoked: false });
	const restored = await sandbox.api('GET', '/api/whatsapp/connections');
	expect([revoked.status, revoked.body['message'], restored.status]).toEqual([401, 'API key has been revoked', 200]);
});
