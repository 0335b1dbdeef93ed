import { withSandbox } from './support/with-sandbox';

const api = withSandbox();
const login = (operation: string, more: Record<string, string | number> = {}) =>
	api.run({ resource: 'login', operation, ...more });

async function start() {
	const { json } = await login('start');
	const { sessionId, subscribeToken, waLink } = json[0] as Record<'sessionId' | 'subscribeToken' | 'waLink', string>;
	const text = new URL(waLink).searchParams.get('text') ?? '';
	return {
		session: { sessionId, token: subscribeToken },
		prove: () => api.control('inbound', { contact_no: '12025550143', message: text, name: 'Ana Lima' }),
	};
}

/** Until the sandbox has been asked this. */
async function asked(operation: string) {
	for (let left = 2000; left > 0; left -= 1) if ((await api.requests(operation)).length > 0) return;
	throw new Error(`${operation} was not asked.`);
}

test('start, wait, verify: each with the key of the login app', async () => {
	const { session, prove } = await start();
	const waiting = login('listen', session);
	await asked('streamWhatsAppLoginEvents');
	await prove();
	const [status] = (await waiting).json;
	expect(status).toMatchObject({ success: true, verificationToken: expect.any(String) as string });
	const { json } = await login('verifyToken', { token: String(status?.['verificationToken']) });
	expect(json).toEqual([{ valid: true, user: { phone: '12025550143', name: 'Ana Lima' } }]);
	expect((await api.requests('getWhatsAppLoginStatus')).length).toBe(1);
});

test('where the stream cannot be had, the status is polled', async () => {
	const { session, prove } = await start();
	await prove();
	await api.fault(
		{ operation: 'streamWhatsAppLoginEvents', status: 503 },
		{ operation: 'getWhatsAppLoginStatus', times: 3, status: 429, retryAfter: 0 },
	);
	const { json } = await login('listen', session);
	expect(json[0]).toHaveProperty('verificationToken');
	expect(await api.requests('getWhatsAppLoginStatus')).toHaveLength(4);
});

test('nobody is waited for beyond the timeout', async () => {
	const { session } = await start();
	const { error } = await login('listen', { ...session, timeout: 0.05 });
	expect(error?.message).toBe('The user has not sent the text in time');
	expect(error?.description).toMatch(/waLink/);
});

test('an expired session says so', async () => {
	const { session } = await start();
	await api.control('clock', { advanceMs: 11 * 60_000 });
	const { error } = await login('listen', session);
	expect(error?.message).toBe('The login session has expired');
});

test('the key of the account is refused, with the reason', async () => {
	const { error } = await api.run({ resource: 'login', operation: 'start' }, undefined, undefined, {
		loginKey: 'sandbox-api-key',
	});
	expect(error?.message).toBe('Messlo does not accept the API key');
	expect(error?.description).toMatch(/Keys of login apps work for Login only/);
});
