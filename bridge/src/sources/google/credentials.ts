import { readFile } from 'node:fs/promises';
import { reasonOf } from '../../reason-of';

/** Who asks Google: a service account by its key, or a person who agreed once. */
export type GoogleCredentials =
	| { kind: 'service-account'; email: string; key: string }
	| { kind: 'oauth'; clientId: string; clientSecret: string; refreshToken: string };

const MEND =
	'Download a new JSON key of the service account (Google Cloud console → IAM → Service accounts → Keys), or run: messlo-bridge connect google';

/** Reads the file that `credentials` of a source names. Throws with its path and what to do; never with what is in it. */
export async function readCredentials(path: string): Promise<GoogleCredentials> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw new Error(`The Google credentials ${path} cannot be read (${reasonOf(error)}). ${MEND}`, { cause: error });
	});
	const found = understood(text);
	if (typeof found === 'string') throw new Error(`The Google credentials ${path} ${found}. ${MEND}`);
	return found;
}

function understood(text: string): GoogleCredentials | string {
	let file: unknown;
	try {
		file = JSON.parse(text);
	} catch {
		// The parser's own message would quote the file, and the file is a secret.
		return 'are not JSON';
	}
	const inner = fieldsOf(fieldsOf(file)['web'] ?? fieldsOf(file)['installed']);
	const given = (name: string): string => {
		const value = fieldsOf(file)[name] ?? inner[name];
		return typeof value === 'string' ? value.trim() : '';
	};
	const [email, key] = [given('client_email'), mended(given('private_key'))];
	if (email !== '' || key !== '') {
		if (email === '') return "have no 'client_email'";
		if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----\n[\s\S]+-----END [A-Z ]*PRIVATE KEY-----\s*$/.test(key))
			return "have a 'private_key' that is not whole: it begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----";
		return { kind: 'service-account', email, key };
	}
	const oauth = {
		clientId: given('client_id'),
		clientSecret: given('client_secret'),
		refreshToken: given('refresh_token'),
	};
	if (oauth.clientId === '') return "have neither 'client_email' and 'private_key' nor 'client_id'";
	if (oauth.clientSecret === '') return "have a 'client_id' and no 'client_secret'";
	if (oauth.refreshToken === '') return "have a 'client_id' and no 'refresh_token': nobody has agreed yet";
	return { kind: 'oauth', ...oauth };
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Keys that went through an environment variable have \n as two characters, which OpenSSL answers with "DECODER routines::unsupported". */
const mended = (key: string): string => key.replaceAll('\\n', '\n').replaceAll('\r', '').trim();
