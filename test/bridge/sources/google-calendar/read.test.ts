import { calendarReader } from '../../../../bridge/src/sources/google-calendar/read';
import { plainText } from '../../../../bridge/src/sources/google-calendar/plain-text';
import { fixture, type GoogleEvent, HOUR_MS, readAfter, stateOf } from './states';

const timed = fixture('event.timed');
const bare: GoogleEvent = {
	...timed,
	description: null,
	extendedProperties: {},
	location: null,
	summary: 'Haircut',
} as GoogleEvent;

describe('the number', () => {
	test.each<[string, Partial<GoogleEvent>, string | undefined]>([
		[
			'of an extended property',
			{ extendedProperties: { shared: { customer_mobile: '098765 43210' } } },
			'+919876543210',
		],
		['not of any property', { extendedProperties: { private: { order: '9876543210' } } }, undefined],
		['in the middle of a description', { description: 'Anushka, call 98765 43210 before.' }, '+919876543210'],
		['in a formatted description', { description: 'Anushka<br><b>+91&nbsp;98765&nbsp;43210</b>' }, '+919876543210'],
		['with a double zero', { description: 'Tel. 0044 20 7946 0958' }, '+442079460958'],
		['in the place', { location: 'Home visit, 98765 43210' }, '+919876543210'],
		['in the title', { summary: 'Anushka 98765-43210 haircut' }, '+919876543210'],
		['of a guest', { attendees: [{ displayName: 'Anushka +91 98765 43210' }] }, '+919876543210'],
		[
			'in what a guest wrote',
			{ attendees: [{ email: 'a@b.example', comment: 'my number: 9876543210' }] },
			'+919876543210',
		],
		['not of the owner', { attendees: [{ self: true, displayName: 'Clinic 9876543210' }] }, undefined],
		['not a booking code', { description: 'Booking 2026112416300042, paid 1,200' }, undefined],
		['the first of two', { description: '98765 43210 or 98123 45670' }, '+919876543210'],
	])('%s', (_, change, phone) => {
		expect(readAfter([{ ...bare, ...change }])).toHaveProperty(
			...((phone ? ['phone', phone] : ['phoneProblem']) as [string, string?]),
		);
	});
	test('is left to the Liquid of the configuration where there is one', () => {
		const reading = readAfter([timed], { phone: '{{ event.location | phone }}' });
		expect(reading).not.toHaveProperty('phone');
		expect(reading).not.toHaveProperty('phoneProblem');
	});
});

describe('who does not come', () => {
	const guests = (...statuses: string[]) => ({
		...timed,
		attendees: [
			{ email: 'owner@salon.example', self: true, organizer: true, responseStatus: 'accepted' },
			{ email: 'room@resource.calendar.google.com', resource: true, responseStatus: 'accepted' },
			...statuses.map((responseStatus, index) => ({ email: `guest${index}@x.example`, responseStatus })),
		],
	});
	test('every guest declined: no message, and those that wait are withdrawn', () => {
		expect(readAfter([guests('declined', 'declined')])).toMatchObject({
			kind: 'ignored',
			reason: 'no message: every guest declined it',
		});
		expect(readAfter([guests('needsAction'), guests('declined')])).toMatchObject({
			kind: 'ignored',
			reason: 'no more messages: every guest declined it',
			withdraws: 'every guest declined it',
			carriesState: true,
		});
		expect(readAfter([guests('declined', 'tentative')])).toMatchObject({ kind: 'event' });
		expect(readAfter([guests('declined'), guests('accepted')])).toMatchObject({ event: 'calendar.reminder' });
	});
	test('the owner declined', () => {
		const declined = { ...timed, attendees: [{ email: 'o@x.example', self: true, responseStatus: 'declined' }] };
		expect(readAfter([timed, declined])).toMatchObject({ withdraws: 'the owner of the calendar declined it' });
	});
});

test('what changed is named; what no customer cares for is nothing, and reminders stand', () => {
	const read = (change: Partial<GoogleEvent>) => readAfter([timed, { ...timed, ...change }]);
	expect(read({ location: 'Upstairs' })).toMatchObject({
		event: 'calendar.updated',
		appointment: { changed: ['place'] },
	});
	expect(read({ summary: 'Cut', description: 'x' })).toMatchObject({
		appointment: { changed: ['title', 'description'] },
	});
	expect(read({ end: { dateTime: '2026-11-24T19:00:00+05:30' } })).toMatchObject({
		event: 'calendar.updated',
		withdraws: 'the appointment was moved',
	});
	for (const change of [
		{ colorId: '4' },
		{ reminders: { useDefault: false } },
		{ sequence: 4 },
		{ transparency: 'transparent' },
	])
		expect(read(change)).toMatchObject({ event: 'calendar.reminder', also: [{ reminder: { minutes: 60 } }] });
	expect(readAfter([timed, timed], { remind: [] })).toMatchObject({
		kind: 'ignored',
		reason: 'nothing changed that a customer cares for, and no reminder is to come',
	});
});

test('a note about a visit that is over, and cleaning up the past, are told to nobody', () => {
	const late = { at: new Date('2026-11-25T09:00:00Z') };
	expect(readAfter([timed, { ...timed, description: 'No show' }], {}, late)).toMatchObject({
		reason: 'it is over already',
	});
	expect(readAfter([timed, fixture('event.deleted-minimal')], {}, late)).toMatchObject({
		kind: 'ignored',
		reason: 'it was cancelled after it had begun',
	});
	// Booked and over while the bridge was down: the reminders that it missed are shown, as skipped.
	expect(readAfter([timed], {}, late)).toMatchObject({
		event: 'calendar.reminder',
		also: [{ reminder: { minutes: 60 } }],
	});
});

describe('a state that another has overtaken', () => {
	const read = calendarReader({ remind: [24 * HOUR_MS, HOUR_MS], allDayAt: '09:00', country: 'IN' });
	const overtakenBy = (newest: GoogleEvent) =>
		read(stateOf(timed), {
			overtaken: true,
			newest: stateOf(newest, { at: new Date('2026-11-20T10:00:00Z') }),
		});
	test('says nothing any more when it was moved or cancelled', () => {
		const moved = { ...timed, start: { dateTime: '2026-11-24T18:00:00+05:30' } };
		for (const newest of [moved, fixture('event.deleted-minimal'), { ...timed, eventType: 'focusTime' }])
			expect(overtakenBy(newest)).toMatchObject({
				kind: 'ignored',
				reason: 'the appointment was changed or cancelled meanwhile',
				overtaken: 'the appointment was changed or cancelled meanwhile',
			});
	});
	test('still reminds of the same time, with what is known now', () => {
		const reading = overtakenBy({ ...timed, summary: 'Cut', extendedProperties: {}, description: '98123 45670' });
		expect(reading).toMatchObject({
			event: 'calendar.reminder',
			appointment: { title: 'Cut' },
			phone: '+919812345670',
			also: [{ reminder: { minutes: 60 } }],
		});
	});
	test('says what it said when nothing of it changed', () => {
		expect(overtakenBy({ ...timed, colorId: '4' })).toMatchObject({ event: 'calendar.created' });
	});
});

test('zones: an unknown one gives way to the calendar’s, a time without offset is read in it', () => {
	const zone = (start: object) => readAfter([{ ...timed, start, end: start }]);
	expect(zone({ dateTime: '2026-11-24T16:30:00+05:30', timeZone: 'Mars/Olympus' })).toMatchObject({
		appointment: { timezone: 'Asia/Kolkata' },
	});
	expect(zone({ dateTime: '2026-11-24T16:30:00', timeZone: 'America/New_York' })).toMatchObject({
		appointment: { timezone: 'America/New_York', start: '2026-11-24T16:30:00-05:00' },
	});
	expect(zone({ dateTime: 'soon' })).toMatchObject({ kind: 'ignored', reason: 'no message: it has no start' });
});

test('a description that Calendar formatted becomes text', () => {
	expect(
		plainText('Call <a href="tel:1">+91&nbsp;98</a><br>Cut &amp; colour<ul><li>tea</li></ul> &#8377;5 &lt;3'),
	).toBe('Call +91 98\nCut & colour\ntea\n₹5 <3');
	expect(plainText('a < b and R&D, 3 > 2')).toBe('a < b and R&D, 3 > 2');
});

test('what is no event is unreadable, and throws nothing', () => {
	const read = calendarReader({ remind: [], allDayAt: '09:00' });
	for (const body of ['', '[]', '{"id":"x"}', '{"id":5,"calendar":{}}', 'null'])
		expect(read({ topic: 't', headers: {}, body: Buffer.from(body) })).toMatchObject({ kind: 'unreadable' });
});
