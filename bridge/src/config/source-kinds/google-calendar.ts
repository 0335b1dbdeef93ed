import { z } from 'zod';
import { oneOrMany, strictObject } from '../../yaml/strict-object';
import { duration, words } from '../../yaml/values';
import { common, google } from './common';

export const googleCalendar = strictObject({
	...common,
	kind: z.literal('google-calendar'),
	calendar: words().describe('Id of the calendar; for your own, your e-mail address.'),
	phone: words().describe('Liquid that gives the number: "{{ event.description | phone }}".'),
	remind: oneOrMany(duration(), { type: 'string' })
		.default([])
		.describe('How long before an event reminders are sent: [24h, 1h].'),
	...google,
	every: duration().prefault('1m').describe('How often changes are looked for when Google does not push them.'),
});
