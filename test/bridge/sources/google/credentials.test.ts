import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCredentials } from '../../../../bridge/src/sources/google/credentials';

const { privateKey } = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
afterAll(() => {
	rmSync(folder, { recursive: true });
});
const path = join(folder, 'google.json');
const read = (content: object | string) => {
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return readCredentials(path);
};
const email = 'bridge@acme.iam.gserviceaccount.com';
const oauth = { client_id: 'id', client_secret: 'secret', refresh_token: 'token' };

test('a service account is read, also when its key lost its line ends on the way', async () => {
	const whole = { kind: 'service-account', email, key: privateKey.trim() };
	for (const written of [privateKey, privateKey.replaceAll('\n', '\\n'), privateKey.replaceAll('\n', '\r\n')])
		expect(await read({ type: 'service_account', client_email: email, private_key: written })).toEqual(whole);
	expect(createPrivateKey(whole.key).asymmetricKeyType).toBe('rsa');
});

test('OAuth is read, also as the console writes the client', async () => {
	const read1 = { kind: 'oauth', clientId: 'id', clientSecret: 'secret', refreshToken: 'token' };
	expect(await read(oauth)).toEqual(read1);
	const { refresh_token, ...client } = oauth;
	expect(await read({ installed: client, refresh_token })).toEqual(read1);
	expect(await read({ web: client, refresh_token })).toEqual(read1);
});

test.each<[string, object | string, RegExp]>([
	['no JSON', 'private_key: my-secret', /are not JSON/],
	['a list', [], /neither 'client_email' and 'private_key' nor 'client_id'/],
	['no e-mail', { private_key: privateKey }, /have no 'client_email'/],
	['no key', { client_email: email }, /'private_key' that is not whole/],
	['half a key', { client_email: email, private_key: privateKey.slice(0, 400) }, /'private_key' that is not whole/],
	['no client secret', { ...oauth, client_secret: '' }, /no 'client_secret'/],
	['no refresh token', { ...oauth, refresh_token: undefined }, /nobody has agreed yet/],
])('%s is refused with the path and what to do, and nothing of the file', async (_, content, text) => {
	const error = await read(content).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof Error)) throw new Error('It was taken');
	expect(error.message).toMatch(text);
	expect(error.message).toContain(path);
	expect(error.message).toMatch(/messlo-bridge connect google/);
	expect(error.message).not.toMatch(/my-secret|MII/);
});

test('a file that is not there is told with its path', async () => {
	await expect(readCredentials(join(folder, 'gone.json'))).rejects.toThrow(/gone\.json cannot be read \(ENOENT/);
});
