import { createHash, createVerify, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { TestClock } from '../clock';
import type { FakeAnswer } from './server';

export const SERVICE_ACCOUNT = 'messlo-bridge@acme-shop.iam.gserviceaccount.com';
const CLIENT = {
	client_id: '1042.apps.googleusercontent.com',
	client_secret: 'GOCSPX-test',
	refresh_token: '1//test-refresh',
};
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const HOUR_MS = 3_600_000;

interface Holder {
	account: string;
	scopes: readonly string[];
	endsAt: number;
}

/** Making a key takes a tenth of a second: one for all tests of a file. */
const keys = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** The token endpoint: both grants checked as Google checks them; a token lasts an hour of the clock. */
export function createTokens(clock: TestClock) {
	const holders = new Map<string, Holder>();
	const granted: string[] = [];
	/** Agreements that nobody has taken up: by code, what has to be shown for it. */
	const codes = new Map<string, { challenge: string; redirect: string }>();
	const refused = (error: string, description: string): FakeAnswer => ({
		status: error === 'invalid_client' ? 401 : 400,
		body: { error, error_description: description },
	});
	let revoked = false;

	function give(account: string, scopes: readonly string[]): FakeAnswer {
		const token = `ya29.${randomUUID()}`;
		holders.set(token, { account, scopes, endsAt: clock.now().getTime() + HOUR_MS });
		granted.push(account);
		return { status: 200, body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } };
	}

	function jwt(assertion: string): FakeAnswer {
		const [head = '', payload = '', signature = ''] = assertion.split('.');
		const good = createVerify('RSA-SHA256').update(`${head}.${payload}`).verify(keys.publicKey, signature, 'base64url');
		const claims = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}') as Record<string, unknown>;
		const { iss, scope, aud, iat, exp } = claims;
		if (iss !== SERVICE_ACCOUNT || revoked) return refused('invalid_grant', 'Invalid grant: account not found');
		if (!good) return refused('invalid_grant', 'Invalid JWT Signature.');
		if (aud !== TOKEN_URL || Number(exp) - Number(iat) > HOUR_MS / 1000)
			return refused('invalid_grant', 'Invalid JWT: audience or time');
		if (typeof scope !== 'string' || !scope.startsWith('https://www.googleapis.com/auth/'))
			return refused('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
		return give(SERVICE_ACCOUNT, scope.split(' '));
	}

	function exchange(field: (name: string) => string): FakeAnswer {
		const agreement = codes.get(field('code'));
		codes.delete(field('code'));
		const shown = createHash('sha256').update(field('code_verifier')).digest('base64url');
		if (agreement?.challenge !== shown || agreement.redirect !== field('redirect_uri'))
			return refused('invalid_grant', 'Malformed auth code.');
		return { status: 200, body: { access_token: 'ya29.first', refresh_token: CLIENT.refresh_token, expires_in: 3599 } };
	}

	return {
		/** What a person does who opens the address and agrees: where their browser is sent. */
		agree: (address: string): string => {
			const { searchParams: asked } = new URL(address);
			const wanted = asked.get('client_id') === CLIENT.client_id && asked.get('access_type') === 'offline';
			if (!wanted || asked.get('response_type') !== 'code' || asked.get('code_challenge_method') !== 'S256')
				throw new Error(`Google shows an error page for ${address}`);
			const [redirect, code] = [asked.get('redirect_uri') ?? '', `4/${randomUUID()}`];
			codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirect });
			return `${redirect}/?${new URLSearchParams({ state: asked.get('state') ?? '', code }).toString()}`;
		},
		serviceAccount: {
			type: 'service_account',
			project_id: 'acme-shop',
			private_key: keys.privateKey,
			client_email: SERVICE_ACCOUNT,
			token_uri: TOKEN_URL,
		},
		oauth: CLIENT,
		/** Account of each token given, oldest first. */
		granted,
		/** Takes every token back at once, as a person does who ends the agreement; `forGood`: no new one either. */
		revoke: (forGood = false) => {
			holders.clear();
			revoked = forGood;
		},
		grant: (form: URLSearchParams): FakeAnswer => {
			const field = (name: string) => form.get(name) ?? '';
			if (field('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer') return jwt(field('assertion'));
			const byCode = field('grant_type') === 'authorization_code';
			if (!byCode && field('grant_type') !== 'refresh_token')
				return refused('unsupported_grant_type', 'Invalid grant_type');
			if (field('client_id') !== CLIENT.client_id || field('client_secret') !== CLIENT.client_secret)
				return refused('invalid_client', 'The OAuth client was not found.');
			if (byCode) return exchange(field);
			if (field('refresh_token') !== CLIENT.refresh_token || revoked)
				return refused('invalid_grant', 'Token has been expired or revoked.');
			return give(CLIENT.client_id, [
				'https://www.googleapis.com/auth/drive',
				'https://www.googleapis.com/auth/calendar',
			]);
		},
		holderOf: (header: string | undefined): Holder | undefined => {
			const holder = holders.get(/^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '');
			return holder && holder.endsAt > clock.now().getTime() ? holder : undefined;
		},
	};
}
