/** What the sandbox keeps. Field names of records that the API shows are the contract's. */

export interface PhoneNumber {
	_id: string;
	waba_id: string;
	/** Id at Meta. */
	phone_number_id: string;
	/** Digits only, as `whatsapp_phone_number` carries it. */
	digits: string;
	display_phone_number: string;
	verified_name: string;
	is_primary: boolean;
}

export interface Contact {
	_id: string;
	/** Digits only. */
	phone_number: string;
	name: string;
	createdAt: string;
	updatedAt: string;
	[field: string]: unknown;
}

export const TEMPLATE_STATUSES = ['pending', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED'] as const;
export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number];

export const MEDIA_KINDS = ['image', 'video', 'document', 'audio'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export interface TemplateButton {
	type: string;
	text?: string;
	phone_number?: string;
	website_url?: string;
}

/** Everything that was posted is kept beside these. */
export interface Template {
	_id: string;
	template_name: string;
	language: string;
	category: string;
	status: TemplateStatus;
	message_body?: string;
	header_text?: string;
	header_media_type?: MediaKind;
	footer_text?: string;
	buttons?: TemplateButton[];
	[field: string]: unknown;
}

export interface Media {
	kind: MediaKind;
	name: string;
	type: string;
	size: number;
	bytes: Buffer;
}

export interface MessageButton {
	kind: 'reply' | 'url' | 'call' | 'copy' | 'other';
	text: string;
	/** Address, number or code; a reply's payload. */
	value: string;
}

export type MessageStatus = 'sent' | 'delivered' | 'read' | 'failed' | 'received';

export interface Step {
	status: MessageStatus;
	at: Date;
}

export interface Failure {
	code: number;
	message: string;
}

export interface Message {
	_id: string;
	wa_message_id: string;
	contact_id: string;
	/** Record id of our number. */
	number_id: string;
	direction: 'outgoing' | 'incoming';
	messageType: string;
	/** The text as the phone shows it, variables filled in. */
	message: string;
	header?: string;
	footer?: string;
	templateName?: string;
	languageCode?: string;
	templateVariables?: Record<string, string | number>;
	mediaUrl?: string;
	media?: Media;
	buttons: MessageButton[];
	location?: { latitude: number; longitude: number; name?: string; address?: string };
	cards?: Record<string, unknown>[];
	/** The message that this one answers or reacts to, by its WhatsApp id. */
	replyTo?: string;
	createdAt: Date;
	/** All steps it will take, in time order; those whose time has come count. */
	plan: Step[];
	failure?: Failure;
}

export const BEHAVIOURS = ['ok', 'not-on-whatsapp', 'opted-out', 'phone-off', 'fails-later'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface Recipient {
	behaviour: Behaviour;
	/** For `fails-later`. */
	code?: number;
}
