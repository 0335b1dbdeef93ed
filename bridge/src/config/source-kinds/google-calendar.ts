import { z } from 'zod';
import { oneOrMany, strictObject } from '../../yaml/strict-object';
import { duration, timeOfDay, words } from '../../yaml/values';
import { optional } from '../values';
import { common, google } from './common';

const MINUTE_MS = 60_000;

const wholeMinutes = () =>
	duration().refine(
		(ms) => ms >= MINUTE_MS && ms % MINUTE_MS === 0,
		'is not whole minutes → write 1m or more: 24h, 1h, 30m',
	);

export const googleCalendar = strictObject({
	...common,
	kind: z.literal('google-calendar'),
	calendar: words().describe('Id of the calendar; for your own, your e-mail address.'),
	phone: optional(
		words(),
		'Liquid that gives the number: "{{ event.description | phone }}". Left out, the number is looked for in the extended properties, description, place, title and guests.',
	),
	remind: oneOrMany(wholeMinutes(), { type: 'string' })
		.default([])
		.describe(
			'How long before an event reminders are sent: [24h, 1h]. Whole days are days of the calendar, on the clock.',
		),
	allDayAt: timeOfDay()
		.default('09:00')
		.describe("Time of the first day from which reminders of an all-day event count, in the event's zone."),
	ahead: duration()
		.prefault('365d')
		.describe('How far ahead appointments are known. Those further away are seen when they come this near.'),
	...google,
	every: duration().prefault('1m').describe('How often changes are looked for when Google does not push them.'),
});
