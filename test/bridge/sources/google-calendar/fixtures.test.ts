import { calendarStateOf, fixture, type GoogleEvent, readAfter, stateOf } from './states';

const timed = fixture('event.timed');
const listed = fixture<{ items: GoogleEvent[] }>('list.incremental').items;

test('a timed event is a booking with its number, and reminders in its own time', () => {
	expect(readAfter([timed])).toEqual({
		kind: 'event',
		event: 'calendar.created',
		subject: '5v1q3s7m0k2c9d4e6f8g0h1i2j',
		occurredAt: '2026-11-20T09:00:00.000Z',
		phone: '+919876543210',
		appointment: {
			id: '5v1q3s7m0k2c9d4e6f8g0h1i2j',
			title: 'Haircut – Anushka K.',
			description: 'Phone: +91 98765 43210\nService: Cut & colour',
			location: 'Kaveri Salon, 14 MG Road, Bengaluru',
			start: '2026-11-24T16:30:00+05:30',
			end: '2026-11-24T17:15:00+05:30',
			allDay: false,
			timezone: 'Asia/Kolkata',
			attendees: [],
			organizer: { name: 'Salon bookings', email: 'c_salon123@group.calendar.google.com' },
			link: 'https://www.google.com/calendar/event?eid=NXYxcTNzN20wazJjOWQ0ZTZmOGcwaDFpMmo',
			properties: { phone: '+919876543210', opt_in: 'yes' },
		},
		also: [
			{
				event: 'calendar.reminder',
				occurredAt: '2026-11-20T09:00:00.000Z',
				reminder: { minutes: 1440 },
				key: 'reminder 1440 2026-11-24T11:00:00.000Z',
				dueAt: '2026-11-23T11:00:00.000Z',
				staleAt: '2026-11-24T10:00:00.000Z',
			},
			{
				event: 'calendar.reminder',
				occurredAt: '2026-11-20T09:00:00.000Z',
				reminder: { minutes: 60 },
				key: 'reminder 60 2026-11-24T11:00:00.000Z',
				dueAt: '2026-11-24T10:00:00.000Z',
				staleAt: '2026-11-24T11:00:00.000Z',
			},
		],
	});
});

test('guests: rooms and who declined are none; the meeting link is kept; no number is told as such', () => {
	const reading = readAfter([fixture('event.with-attendees-tz')]);
	expect(reading).toMatchObject({
		event: 'calendar.created',
		appointment: {
			timezone: 'America/Sao_Paulo',
			start: '2026-11-25T14:00:00-03:00',
			meetingLink: 'https://meet.google.com/abc-defg-hij',
			attendees: [
				{ name: 'João da Conceição', email: 'joao@example.com', status: 'needsAction' },
				{ name: 'Dra. Lima', email: 'dra.lima@clinic.example', status: 'accepted' },
			],
		},
	});
	expect(reading).toHaveProperty('phoneProblem', expect.stringMatching(/^there is none in the description/));
});

test('an all-day event begins at midnight of its zone, and its reminders count from nine', () => {
	expect(readAfter([fixture('event.all-day')])).toMatchObject({
		appointment: {
			allDay: true,
			start: '2026-11-26T00:00:00+05:30',
			end: '2026-11-27T00:00:00+05:30',
			timezone: 'Asia/Kolkata',
		},
		also: [
			{ key: 'reminder 1440 2026-11-26', dueAt: '2026-11-25T03:30:00.000Z', staleAt: '2026-11-26T02:30:00.000Z' },
			{ key: 'reminder 60 2026-11-26', dueAt: '2026-11-26T02:30:00.000Z', staleAt: '2026-11-26T03:30:00.000Z' },
		],
	});
});

test('an instance of a series knows its series; a long gone one is told to nobody', () => {
	expect(readAfter([fixture('event.recurring-instance-moved')])).toMatchObject({
		event: 'calendar.created',
		appointment: { series: '7sull595rv5apd9mr77a6g0s0h', start: '2026-11-24T07:30:00+05:30' },
	});
	expect(readAfter([fixture('event.recurring-instance')])).toMatchObject({
		kind: 'ignored',
		reason: 'it is over already',
	});
});

test('an instance that is moved takes its reminders along', () => {
	const moved = fixture('event.recurring-instance-moved');
	const before = { ...moved, start: moved.originalStartTime ?? {}, end: { dateTime: '2026-11-23T08:00:00+05:30' } };
	expect(readAfter([before, moved])).toMatchObject({
		event: 'calendar.updated',
		withdraws: 'the appointment was moved',
		appointment: { changed: ['time'] },
		also: [{ dueAt: '2026-11-23T02:00:00.000Z' }, { dueAt: '2026-11-24T01:00:00.000Z' }],
	});
});

test('what was deleted is next to nothing, and its copy tells what it was', () => {
	const instance = fixture('event.instance-cancelled');
	const whole = {
		...fixture('event.recurring-instance-moved'),
		id: instance.id ?? null,
		description: '+91 98123 45670',
	};
	for (const [copy, deleted] of [
		[timed, fixture('event.deleted-minimal')],
		[whole, instance],
	] as const)
		expect(readAfter([copy, deleted])).toMatchObject({
			kind: 'event',
			event: 'calendar.cancelled',
			withdraws: 'the appointment was cancelled',
			appointment: { title: copy.summary, start: copy.start?.dateTime },
			phone: expect.stringMatching(/^\+919(876543210|812345670)$/) as string,
		});
	for (const deleted of [fixture('event.deleted-minimal'), instance, fixture('event.cancelled')])
		expect(readAfter([deleted])).toMatchObject({
			kind: 'ignored',
			reason: 'it was cancelled, and no appointment was known',
			carriesState: true,
		});
	expect(readAfter([timed, fixture('event.deleted-minimal'), fixture('event.deleted-minimal')])).toMatchObject({
		kind: 'ignored',
	});
});

test('out of office, and every other kind that Google makes by itself, is no appointment', () => {
	for (const eventType of ['outOfOffice', 'focusTime', 'workingLocation', 'birthday', 'fromGmail'])
		expect(readAfter([{ ...fixture('event.out-of-office'), eventType }])).toMatchObject({
			kind: 'ignored',
			reason: `no message: it is of the kind ${eventType}, which is no appointment`,
		});
});

test('a change of a list: moved in time only, then deleted', () => {
	expect(readAfter([timed, listed[0] ?? {}])).toMatchObject({
		event: 'calendar.updated',
		appointment: { changed: ['time'] },
	});
	expect(readAfter([listed[0] ?? {}, listed[2] ?? {}])).toMatchObject({ event: 'calendar.cancelled' });
});

test('every event of the lists is read, and says whose state it is', () => {
	const pages = ['list.full.page1', 'list.full.page2', 'list.incremental', 'list.incremental-empty'];
	const items = pages.flatMap((name) => fixture<{ items: GoogleEvent[] }>(name).items);
	expect(items).toHaveLength(5);
	for (const event of items) {
		expect(readAfter([event]).kind).not.toBe('unreadable');
		expect(calendarStateOf(stateOf(event))).toEqual({
			subject: event.id,
			occurredAt: new Date('2026-11-20T09:00:00Z'),
		});
	}
});
