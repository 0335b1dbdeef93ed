import { freePort } from '../support/free-port.ts';
import { world } from '../support/world.ts';

const { n8n, sandbox } = world();
const judged = (type: string, apiKey: string, baseUrl = sandbox.url) => n8n.testCredential(type, { apiKey, baseUrl });

describe.each([
	['messloApi', 'sandbox-api-key', 'Messlo does not know this API key'],
	['messloLoginApi', 'sandbox-login-key', 'does not know this key'],
])('the test of a %s credential', (type, key, refusal) => {
	test('accepts the right key', async () => {
		expect(await judged(type, key)).toMatchObject({ status: 'OK' });
	});

	test('accepts a base URL that ends with a slash', async () => {
		expect(await judged(type, key, `${sandbox.url}/`)).toMatchObject({ status: 'OK' });
	});

	test('says that a wrong key is wrong', async () => {
		const { status, message } = await judged(type, 'a-key-of-somebody-else');
		expect([status, message]).toEqual(['Error', expect.stringContaining(refusal)]);
	});

	test('says that a host cannot be reached, and does not blame the key', async () => {
		const { status, message } = await judged(type, key, `http://127.0.0.1:${await freePort()}`);
		expect([status, message]).toEqual(['Error', expect.stringMatching(/refused|reach|connect/i)]);
		expect(message).not.toMatch(/key/i);
	});
});
