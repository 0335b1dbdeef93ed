import { googleCalendar } from '../../config/source-kinds/google-calendar';
import { parseDuration } from '../../duration';
import { openSource } from '../../journey/open-sources';
import { compilePhone } from '../../mapping/compile-phone';
import { render } from '../../mapping/liquid/render';
import { viewOf } from '../../mapping/view';
import { readPhone } from '../../phone';
import { connectGoogle } from '../../sources/google/connect-google';
import type { Source } from '../../sources/source';
import { askId, type ConnectRoom, type Draft, idFrom } from './draft';
import type { GoogleAccess } from './google';
import type { Answer } from './questions';

/** A calendar's id, or the address of it that a person copied. */
export function calendarId(answer: string): Answer<string> {
	const url = URL.canParse(answer) ? new URL(answer) : undefined;
	const inAddress = url?.searchParams.get('src') ?? url?.searchParams.get('cid');
	const inPath = /\/(?:ical|settings\/calendar)\/([^/?#]+)/.exec(answer)?.[1];
	const found =
		inAddress ?? (inPath === undefined ? undefined : decodeURIComponent(inPath)) ?? (url ? undefined : answer);
	if (found === undefined)
		return {
			ok: false,
			reason: 'That address does not name a calendar. Settings → your calendar → Integrate calendar → Calendar ID.',
		};
	// Share links and the settings page have the id in base64.
	const plain = /@/.test(found) || found === 'primary' ? found : Buffer.from(found, 'base64').toString();
	if (plain !== 'primary' && !/^[\w.+#-]+@[\w.-]+$/.test(plain))
		return { ok: false, reason: `'${answer}' is not the id of a calendar: it looks like an e-mail address.` };
	return { ok: true, value: plain };
}

/** A calendar whose appointments are messages: found, and how numbers are found in it. */
export async function askCalendar(room: ConnectRoom, google: GoogleAccess): Promise<Draft> {
	const { interview } = room;
	const calendars = openCalendars(google);
	const { calendar, title } = await interview.ask({
		flag: 'calendar',
		ask: 'Calendar',
		where: `Its id: Settings → the calendar → Integrate calendar. Of your own it is your e-mail address.${
			google.email === undefined ? '' : ` Share it with ${google.email}.`
		}`,
		check: async (answer) => {
			const id = calendarId(answer);
			if (!id.ok) return id;
			const seen = await calendars.look(id.value);
			return {
				ok: true,
				value: { calendar: id.value, title: seen.title },
				say: `“${seen.title}”, ${seen.timezone}; ${seen.coming === 0 ? 'nothing in the next 30 days' : `${seen.coming} appointments in the next 30 days`}`,
			};
		},
	});
	const { id, existing } = await askId(room, 'google-calendar', idFrom(title));
	const { rootUrl } = google;
	const base = {
		id,
		kind: 'google-calendar',
		calendar,
		credentials: google.written,
		...(rootUrl === undefined ? {} : { rootUrl }),
	};
	const open = (phone: string): Source => {
		const config = { ...base, credentials: google.path, ...(phone === '' ? {} : { phone }) };
		return openSource(googleCalendar.parse(config), room.defaults);
	};
	let doubted: string | undefined;
	const phone = await interview.ask({
		flag: 'phone',
		ask: 'Where the phone number is',
		where:
			'Enter: it is looked for in the description, place, title and guests. Or an expression: "{{ event.location | phone }}".',
		enter: existing?.phone ?? '',
		check: async (answer) => {
			const text = answer === '' || answer.includes('{{') ? answer : `{{ ${answer} }}`;
			const found = await seenNumbers(open(text), text, room.defaults);
			if (!found.ok) return found;
			const { good, of } = found;
			const insists = text === doubted || !interview.asking;
			doubted = text;
			if (of === 0) return { ok: true, value: text, say: 'no appointment is coming that could show it' };
			if (good > 0 || insists) return { ok: true, value: text, say: `found in ${good} of the next ${of} appointments` };
			return {
				ok: false,
				reason: `No number is found so in the next ${of} appointments. Write it again to take it anyway.`,
			};
		},
	});
	const remind = await interview.ask({
		flag: 'remind',
		ask: 'Reminders',
		where: 'How long before an appointment, several with commas: 24h, 1h. Write none for no reminder.',
		enter: '24h, 1h',
		check: (answer) => {
			const offsets = /^none$/i.test(answer) ? [] : answer.split(/[,;\s]+/).filter((each) => each !== '');
			const wrong = offsets.find((each) => parseDuration(each) === undefined);
			return wrong === undefined
				? { ok: true, value: offsets }
				: { ok: false, reason: `'${wrong}' is not a time: write 30m, 24h or 7d.` };
		},
	});
	const written = {
		...base,
		phone: phone === '' ? undefined : phone,
		remind: remind.length === 0 ? undefined : remind,
	};
	return { written, secrets: {}, source: open(phone) };
}

/** How many appointments are looked at while the expression is chosen. */
const SAMPLE = 20;

/** In how many of the next appointments a number is found. */
async function seenNumbers(
	source: Source,
	expression: string,
	{ country, timezone }: ConnectRoom['defaults'],
): Promise<{ ok: true; good: number; of: number } | { ok: false; reason: string }> {
	const compiled = compilePhone(expression);
	if (!compiled.ok)
		return { ok: false, reason: compiled.faults.map(({ message, fix }) => `${message}: ${fix}`).join('; ') };
	const now = new Date();
	const coming = await source.feed?.latest?.(SAMPLE, { now: () => now, signal: AbortSignal.timeout(60_000) });
	const subjects = new Map<string, boolean>();
	for (const reading of (coming ?? []).map((delivery) => source.read(delivery))) {
		if (reading.kind !== 'event' || !reading.appointment) continue;
		const event = {
			id: '',
			name: reading.event,
			source: source.id,
			sourceKind: source.kind,
			occurredAt: now.toISOString(),
		};
		const view = viewOf({ event, appointment: reading.appointment, shop: source.shop, payload: {}, now });
		const surroundings = { locale: 'en', timezone, now, ...(country === undefined ? {} : { country }) };
		const text = expression === '' ? undefined : render(compiled.expression, view, surroundings);
		const given = text === undefined ? reading.phone : text.ok ? text.text : undefined;
		subjects.set(reading.subject, readPhone(given, country).ok);
	}
	return { ok: true, good: [...subjects.values()].filter(Boolean).length, of: subjects.size };
}

const MONTH_MS = 30 * 86_400_000;

function openCalendars({ path, rootUrl }: GoogleAccess) {
	const connection = connectGoogle(
		{ credentials: path, rootUrl, scopes: ['https://www.googleapis.com/auth/calendar.readonly'] },
		async (auth) => {
			const { calendar } = await import('@googleapis/calendar');
			return calendar({
				version: 'v3',
				auth,
				retry: false,
				...(rootUrl === undefined ? {} : { rootUrl: `${rootUrl}/` }),
			});
		},
	);
	return {
		look: async (calendarId: string) => {
			const now = Date.now();
			const data = await connection.call(`the calendar '${calendarId}'`, (api) =>
				api.events.list({
					calendarId,
					singleEvents: true,
					maxResults: 250,
					timeMin: new Date(now).toISOString(),
					timeMax: new Date(now + MONTH_MS).toISOString(),
				}),
			);
			return { title: data.summary ?? calendarId, timezone: data.timeZone ?? 'UTC', coming: data.items?.length ?? 0 };
		},
	};
}
