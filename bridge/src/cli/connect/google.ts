import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { readCredentials } from '../../sources/google/credentials';
import type { ConnectRoom, Draft } from './draft';
import { askCalendar } from './google-calendar';
import { askConsent, readOAuthClient } from './google-oauth';
import { askSheet } from './google-sheet';
import { replaceFile } from './place';

/** What sheets and calendars need of Google: rows are read and written, changes told, appointments read. */
const SCOPES = [
	'https://www.googleapis.com/auth/spreadsheets',
	'https://www.googleapis.com/auth/drive.metadata.readonly',
	'https://www.googleapis.com/auth/calendar.readonly',
];

/** Who asks Google, proved to be readable. */
export interface GoogleAccess {
	/** Absolute. */
	path: string;
	/** As the configuration writes it. */
	written: string;
	/** Whom sheets and calendars are shared with; undefined where a person agreed. */
	email?: string;
	rootUrl?: string | undefined;
}

/** A sheet or a calendar, and the key or the consent to read it. */
export async function askGoogle(room: ConnectRoom): Promise<Draft> {
	const { interview, flag } = room;
	const what = await interview.choose({
		flag: 'what',
		ask: 'What do you want to connect',
		enter: flag('calendar') === undefined ? 'sheet' : 'calendar',
		choices: [
			{ value: 'sheet', label: 'sheet     a Google Sheet: each row is a message' },
			{ value: 'calendar', label: 'calendar  a Google Calendar: confirmations and reminders of appointments' },
		],
	});
	const google = await askAccess(room);
	return what === 'sheet' ? askSheet(room, google) : askCalendar(room, google);
}

async function askAccess(room: ConnectRoom): Promise<GoogleAccess> {
	const { interview, flag, place } = room;
	const rootUrl = flag('root-url');
	const before = place.config?.sources.flatMap((source) => ('credentials' in source ? [source.credentials] : []))[0];
	const how = await interview.choose({
		flag: 'access',
		ask: 'How does the bridge get in',
		where:
			'A service account is a robot with an e-mail address: you share the sheet or calendar with it. Signing in uses your own Google account. Both are made in console.cloud.google.com; docs/connect.md has the clicks.',
		enter: flag('client-file') === undefined ? 'key' : 'sign-in',
		choices: [
			{ value: 'key', label: 'key      a key file of a service account (or one that this command made)' },
			{ value: 'sign-in', label: 'sign-in  in your browser, with an OAuth client of the type “Desktop app”' },
		],
	});
	if (how === 'sign-in') return signIn(room, rootUrl);
	return interview.ask<GoogleAccess>({
		flag: 'credentials',
		ask: 'Key file',
		where:
			'IAM & Admin → Service accounts → your account → Keys → Add key → JSON. The path of the file that was downloaded.',
		enter: before === undefined ? undefined : written(place.file, before),
		check: async (answer) => {
			const path = await found(place.file, answer);
			const credentials = await readCredentials(path);
			const email = credentials.kind === 'service-account' ? credentials.email : undefined;
			return {
				ok: true,
				value: { path, written: written(place.file, path), rootUrl, ...(email === undefined ? {} : { email }) },
				say: email === undefined ? 'a sign-in of a person' : `a service account: share with ${email}`,
			};
		},
	});
}

async function signIn({ interview, place }: ConnectRoom, rootUrl: string | undefined): Promise<GoogleAccess> {
	const client = await interview.ask({
		flag: 'client-file',
		ask: 'OAuth client file',
		where: 'Google Auth Platform → Clients → Create client → Desktop app → Download JSON. The path of that file.',
		check: async (answer) => ({ ok: true, value: await readOAuthClient(await found(place.file, answer)) }),
	});
	const user = await askConsent(interview, { client, scopes: SCOPES, rootUrl });
	const path = await interview.ask({
		flag: 'save-as',
		ask: 'Where to keep it',
		where: 'This file opens your Google account for the bridge: only you will be able to read it.',
		enter: 'google.json',
		check: (answer) => ({ ok: true, value: resolve(dirname(resolve(place.file)), home(answer)) }),
	});
	// At once: who stops later need not agree again.
	await replaceFile(path, `${JSON.stringify(user, null, 2)}\n`, 0o600);
	interview.say(`  ✓ Google agreed; kept in ${path} (mode 600)`);
	return { path, written: written(place.file, path), rootUrl };
}

/** As typed here, or as the configuration would mean it. */
async function found(configFile: string, answer: string): Promise<string> {
	const here = resolve(home(answer));
	const there = resolve(dirname(resolve(configFile)), home(answer));
	return access(here).then(
		() => here,
		() => there,
	);
}

const home = (path: string): string => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);

/** Relative to the configuration where it lies beside or below it. */
function written(configFile: string, path: string): string {
	const short = relative(dirname(resolve(configFile)), path);
	return isAbsolute(short) || short.startsWith('..') ? path : `./${short}`;
}
