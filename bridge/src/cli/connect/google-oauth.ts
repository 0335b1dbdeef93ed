import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Interview } from './questions';

/** The client of an installed app, as Google's console gives it for download. */
export interface OAuthClient {
	clientId: string;
	clientSecret: string;
}

/** What `credentials` of a source may name: the form that Google's own tools write. */
export interface AuthorizedUser {
	type: 'authorized_user';
	client_id: string;
	client_secret: string;
	refresh_token: string;
}

export async function readOAuthClient(path: string): Promise<OAuthClient> {
	let file: unknown;
	try {
		file = JSON.parse(await readFile(path, 'utf8'));
	} catch (cause) {
		// The parser would quote the file, and the file is a secret.
		const missing = cause instanceof Error && 'code' in cause;
		throw new Error(`${path} ${missing ? 'cannot be read: is the path right?' : 'is not JSON.'}`, { cause });
	}
	const { installed, web } = Object(file) as { installed?: object; web?: object };
	if (installed === undefined && web !== undefined)
		throw new Error(`${path} is a client for web sites. Create one of the type “Desktop app”.`);
	const { client_id: clientId, client_secret: clientSecret } = Object(installed) as Record<string, unknown>;
	if (typeof clientId !== 'string' || typeof clientSecret !== 'string')
		throw new Error(`${path} is not an OAuth client of the type “Desktop app”: it has no “installed” part.`);
	return { clientId, clientSecret };
}

export interface Consent {
	client: OAuthClient;
	scopes: readonly string[];
	/** For tests: a stand-in for Google. */
	rootUrl?: string | undefined;
}

/**
 * Lets a person agree in their browser, which comes back to a listener on this machine. Where the browser runs on another
 * one it cannot: then the person pastes the address at which it ended.
 */
export async function askConsent(interview: Interview, consent: Consent): Promise<AuthorizedUser> {
	const { client, scopes, rootUrl } = consent;
	const [state, verifier] = [randomBytes(16).toString('hex'), randomBytes(32).toString('base64url')];
	const door = await openDoor(state);
	try {
		const page = new URL(
			rootUrl === undefined ? 'https://accounts.google.com/o/oauth2/v2/auth' : `${rootUrl}/o/oauth2/v2/auth`,
		);
		page.search = new URLSearchParams({
			client_id: client.clientId,
			redirect_uri: door.url,
			response_type: 'code',
			scope: scopes.join(' '),
			// Without these Google gives no refresh token the second time.
			access_type: 'offline',
			prompt: 'consent',
			state,
			code_challenge: createHash('sha256').update(verifier).digest('base64url'),
			code_challenge_method: 'S256',
		}).toString();
		interview.say('  Open this address in a browser and agree:');
		interview.say(`\n${page.href}\n`);
		const code = await codeFrom(interview, door.code, state);
		return await exchange(consent, { code, verifier, redirect: door.url });
	} finally {
		door.close();
	}
}

async function codeFrom(interview: Interview, arrived: Promise<string>, state: string): Promise<string> {
	if (interview.asking)
		interview.say('  If the browser then says that it cannot reach 127.0.0.1, paste the address that it shows here.');
	for (;;) {
		const pasted = await interview.lineOr('Waiting for the browser … ', arrived);
		if (pasted === '') return arrived;
		const url = URL.canParse(pasted) ? new URL(pasted) : undefined;
		const found = url && readAnswer(url, state);
		if (found?.ok) return found.code;
		interview.say(`  ✗ ${found?.reason ?? 'That is not an address. It begins with http://127.0.0.1:'}`);
	}
}

function readAnswer({ searchParams }: URL, state: string): { ok: true; code: string } | { ok: false; reason: string } {
	const [code, error] = [searchParams.get('code'), searchParams.get('error')];
	if (searchParams.get('state') !== state)
		return { ok: false, reason: 'That address belongs to another attempt. Open the one above.' };
	if (code !== null) return { ok: true, code };
	return {
		ok: false,
		reason: `Google gave no permission (${error ?? 'no reason given'}). Open the address again and agree.`,
	};
}

/** Listens on this machine only, for as long as the person needs. */
async function openDoor(state: string): Promise<{ url: string; code: Promise<string>; close(): void }> {
	const { promise, resolve } = Promise.withResolvers<string>();
	const server = createServer((request, response) => {
		const answer = readAnswer(new URL(request.url ?? '/', 'http://127.0.0.1'), state);
		const text = answer.ok ? 'Thank you. Go back to the terminal; this page can be closed.' : answer.reason;
		response.writeHead(answer.ok ? 200 : 400, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
		response.end(text);
		if (answer.ok) resolve(answer.code);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		code: promise,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

async function exchange(
	{ client, rootUrl = 'https://oauth2.googleapis.com' }: Consent,
	{ code, verifier, redirect }: { code: string; verifier: string; redirect: string },
): Promise<AuthorizedUser> {
	const answer = await fetch(`${rootUrl}/token`, {
		method: 'POST',
		signal: AbortSignal.timeout(30_000),
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			code,
			code_verifier: verifier,
			redirect_uri: redirect,
			client_id: client.clientId,
			client_secret: client.clientSecret,
		}),
	});
	const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
	const refresh = body['refresh_token'];
	if (!answer.ok || typeof refresh !== 'string')
		throw new Error(
			`Google gave no lasting access (${answer.status} ${String(body['error_description'] ?? body['error'] ?? '')}). See that the OAuth client is of the type “Desktop app”, then try again.`,
		);
	const { clientId: client_id, clientSecret: client_secret } = client;
	return { type: 'authorized_user', client_id, client_secret, refresh_token: refresh };
}
