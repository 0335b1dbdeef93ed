/**
 * The words of the bridge, whatever the shop. Mappings see these objects; sources produce them.
 * Money is a decimal string in the unit of its currency ("499.00", "1200" for JPY), never a float.
 * A value that the shop did not give is undefined, never an empty string.
 */

export * from './domain/happening';
export * from './domain/order';

/** What became of a stored event. A redelivery is only counted. */
export const EVENT_STATES = ['stored', 'mapped', 'ignored', 'unreadable'] as const;
export type EventState = (typeof EVENT_STATES)[number];

/** What became of a message; docs/architecture.md shows the ways from one to another. */
export const MESSAGE_STATES = [
	'waiting',
	'sending',
	'sent',
	'delivered',
	'read',
	'held',
	'unknown',
	'failed',
	'skipped',
	'cancelled',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Time is passed in. */
export interface Clock {
	now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };

/** The seller, as invoices show it (`company` of the configuration). */
export interface Company {
	name: string;
	/** Lines of the postal address. */
	address?: string[];
	country?: string;
	email?: string;
	phone?: string;
	website?: string;
	/** VAT, GSTIN, CNPJ …; `taxIdLabel` is what it is called, by default the country's word. */
	taxId?: string;
	taxIdLabel?: string;
	/** Indian GST: state of the seller ("29-Karnataka"); place of supply comes from the order. */
	state?: string;
	/** Path of a PNG, JPEG or SVG file. */
	logo?: string;
	/** "#0a7cff": rules, headings and totals. */
	colour?: string;
	/** Printed at the foot of every page. */
	footer?: string;
	bank?: string[];
}
