import { z } from 'zod';

/** Google leaves out what is empty; null stands for the same. */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const time = z.object({ dateTime: text, date: text, timeZone: text }).nullish();
const person = z.object({ email: text, displayName: text, self: flag }).nullish();
const properties = z.record(z.string(), z.string()).nullish();

/** An event of the Calendar API as far as the bridge reads it, and what the bridge noted when it was listed. */
const storedEvent = z.object({
	id: z.string().min(1),
	status: text,
	created: text,
	updated: text,
	summary: text,
	description: text,
	location: text,
	htmlLink: text,
	hangoutLink: text,
	eventType: text,
	recurringEventId: text,
	start: time,
	end: time,
	organizer: person,
	attendees: z
		.array(
			z.object({
				email: text,
				displayName: text,
				responseStatus: text,
				comment: text,
				self: flag,
				resource: flag,
				organizer: flag,
			}),
		)
		.nullish(),
	extendedProperties: z.object({ private: properties, shared: properties }).nullish(),
	conferenceData: z.object({ entryPoints: z.array(z.object({ entryPointType: text, uri: text })).nullish() }).nullish(),
	calendar: z.object({
		id: z.string(),
		timeZone: text,
		/** When Google said so, by the bridge's clock, growing: what orders the states of an event. Deleted ones have no `updated`. */
		listedAt: z.iso.datetime(),
		/** Booked since the listing before: the customer is told. Else it was there already, or came into sight from afar. */
		isNew: z.boolean(),
		/** Id of the date of its series that tells of this change for all of them. */
		toldBy: text,
	}),
});
export type StoredEvent = z.infer<typeof storedEvent>;
export type ListingNotes = StoredEvent['calendar'];

/** Undefined when it is no event of ours. */
export function readStored(body: Buffer): StoredEvent | undefined {
	try {
		return storedEvent.safeParse(JSON.parse(body.toString('utf8'))).data;
	} catch {
		return undefined;
	}
}
