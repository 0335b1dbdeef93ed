import type { calendar_v3 } from '@googleapis/calendar';
import { connectGoogle, type GoogleConnection, type GoogleSettings } from '../google/connect-google';

export type CalendarApi = GoogleConnection<calendar_v3.Calendar>;

/** Reading is enough, and watching is reading. */
const SCOPES = ['https://www.googleapis.com/auth/calendar.readonly'];

export const connectCalendar = (settings: Omit<GoogleSettings, 'scopes'>): CalendarApi =>
	connectGoogle({ ...settings, scopes: SCOPES }, async (auth) => {
		const { calendar } = await import('@googleapis/calendar');
		// Who calls decides when to ask again: the package would sleep in between.
		return calendar({ version: 'v3', auth, retry: false });
	});
