import type { DomainEvent } from '../domain';
import type { Expression } from './liquid/compile';

/** What makes a second message a duplicate of the first. */
export const ONCE = ['order', 'shipment', 'refund', 'event', 'recipient', 'recipient+day'] as const;
export type Once = (typeof ONCE)[number];

/** Times of day, "21:00", in the recipient's zone; `from` may be later than `to`. */
export interface QuietHours {
	from: string;
	to: string;
}

export interface LanguageChoice {
	/** Absent: every message is in `fallback`. */
	from?: Expression;
	fallback: string;
	/** Shop's language (or the first part of it) → template language. */
	use: Record<string, string>;
}

/** A file of `templates/messages`, checked, its expressions parsed, durations in milliseconds. */
export interface Mapping {
	/** The file's name without `.yaml`. */
	name: string;
	file: string;
	description?: string;
	enabled: boolean;
	on: DomainEvent[];
	/** Kinds or ids; all when absent. */
	sources?: string[];
	when?: Expression;
	/** Absent: the order's best number. */
	to?: Expression;
	template: string;
	language: LanguageChoice;
	/** In order: the first fills {{1}}. */
	variables: { key: string; text: Expression }[];
	header?: { document: string } | { url: Expression };
	sender?: string;
	delay: number;
	expires?: number;
	quietHours?: QuietHours;
	consent?: Expression;
	/** Absent: what `onceFor` says of the event. */
	once?: Once;
}
