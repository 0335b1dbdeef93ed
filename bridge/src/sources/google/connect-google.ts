import type { OAuth2Client } from 'google-auth-library';
import { createAuth } from './auth';
import { readCredentials } from './credentials';
import { googleErrorOf } from './google-error';

export interface GoogleSettings {
	/** Path of the credentials file. */
	credentials: string;
	/** For tests: a stand-in for every host of Google. */
	rootUrl?: string | undefined;
	scopes: readonly string[];
}

/** An API of Google, signed in. */
export interface GoogleConnection<Api> {
	/**
	 * Makes one call and answers its data. Throws GoogleError with advice; `retryAfterMs` is set when Google asks to slow down.
	 * Nothing sleeps in here and nothing is repeated, but once with a new client after a 401.
	 *
	 * @param what What is asked for, as it stands in a sentence: "the calendar 'clinic'".
	 */
	call<T>(what: string, use: (api: Api) => Promise<{ data: T }>): Promise<T>;
	/** Whom a sheet or calendar has to be shared with; undefined where a person agreed (OAuth). */
	email(): Promise<string | undefined>;
}

/**
 * Signs in on first use, so that neither Google nor a broken file keeps the bridge from starting; a file that is mended is read anew.
 *
 * @param open Makes the client of one API; its package is best imported in there: `(auth) => sheets({ version: 'v4', auth, retry: false })`.
 */
export function connectGoogle<Api>(
	settings: GoogleSettings,
	open: (auth: OAuth2Client) => Promise<Api>,
): GoogleConnection<Api> {
	let opened: Promise<{ api: Api; email: string | undefined }> | undefined;
	const signIn = async () => {
		const credentials = await readCredentials(settings.credentials);
		const email = credentials.kind === 'service-account' ? credentials.email : undefined;
		return { api: await open(await createAuth(credentials, settings)), email };
	};
	const connection = () => {
		opened ??= signIn().catch((error: unknown) => {
			opened = undefined;
			throw error;
		});
		return opened;
	};

	return {
		call: async (what, use) => {
			const attempt = async () => {
				const used = connection();
				const { api, email } = await used;
				try {
					return { ok: true as const, data: (await use(api)).data };
				} catch (error) {
					const fault = googleErrorOf(error, { what, email, now: new Date() });
					// A token that Google took back is kept by its client until it ends: only a new client asks for another.
					if (statusOf(fault) === 401 && opened === used) opened = undefined;
					return { ok: false as const, fault };
				}
			};
			let outcome = await attempt();
			if (!outcome.ok && statusOf(outcome.fault) === 401) outcome = await attempt();
			if (!outcome.ok) throw outcome.fault;
			return outcome.data;
		},
		email: async () => (await connection()).email,
	};
}

const statusOf = (error: unknown): unknown => Reflect.get(Object(error), 'status');
