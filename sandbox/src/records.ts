/** What the sandbox keeps. Field names of records that the API shows are the contract's. */

export interface Waba {
	_id: string;
	/** Id at Meta. */
	waba_id: string;
	name: string;
}

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
	/** Its public profile, and its calling settings. */
	profile: Record<string, unknown>;
	calling: Record<string, unknown>;
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
	waba_id?: string;
	/** Another channel than WhatsApp. */
	platform?: string;
	message_body?: string;
	header_text?: string;
	header_media_type?: MediaKind;
	footer_text?: string;
	buttons?: TemplateButton[];
	otp_buttons?: { otp_type: string; copy_button_text?: string }[];
	add_security_recommendation?: boolean;
	code_expiration_minutes?: number;
	call_permission?: boolean;
	is_limited_time_offer?: boolean;
	offer_text?: string;
	has_expiration?: boolean;
	carousel_cards?: { header_url?: string; body?: string; buttons?: TemplateButton[] }[];
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

/** A card of a carousel. */
export interface Card {
	title?: string;
	text?: string;
	media?: Media;
	buttons: MessageButton[];
}

export interface Message {
	_id: string;
	wa_message_id: string;
	contact_id: string;
	/** Record id of our number; of the channel, where it is not WhatsApp. */
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
	cards?: Card[];
	/** The line of a limited-time offer, and when it ends where it does. */
	offer?: { text: string; expiresAt?: string };
	/** The campaign, bot or flow that sent it. */
	sentBy?: string;
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

/** A login that waits for its text, or has it. */
export interface LoginSession {
	id: string;
	app_id: string;
	/** For the event stream. */
	subscribeToken: string;
	/** The text that the user has to send. */
	text: string;
	/** Record id of our number that it is to reach. */
	number_id: string;
	expiresAt: Date;
	verified?: { phone: string; name: string; token: string; isUsed: boolean };
	listeners: Set<() => void>;
}
