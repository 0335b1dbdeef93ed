/** An answer other than success, in the API's shape. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** WhatsApp's error code, where there is one. */
		readonly code?: number,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
	}

	get body(): Record<string, unknown> {
		const error = this.code === undefined ? {} : { error: { code: this.code, message: this.message } };
		return { success: false, message: this.message, ...error };
	}
}

// Texts as Meta has them: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
const TEXTS = {
	131008: 'Required parameter is missing',
	131009: 'Parameter value is not valid',
	131021: 'Recipient cannot be sender',
	131026: 'Message undeliverable',
	131047: 'Re-engagement message',
	131049: 'This message was not delivered to maintain healthy ecosystem engagement',
	131050: 'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages',
	131053: 'Media upload error',
	132000: 'Number of parameters does not match the expected number of params',
	132001: 'Template name does not exist in the translation',
	132012: 'Parameter format does not match format in the created template',
	132015: 'Template is paused',
	132016: 'Template is disabled',
	132018: "There's an issue with the parameters in your template",
	133010: 'Phone number not registered on the WhatsApp Business Platform',
} as const;
export type WhatsAppCode = keyof typeof TEXTS;

/** "(#132000) Number of parameters …: what exactly". */
export const whatsAppText = (code: number, detail?: string): string => {
	const text = Object.entries(TEXTS).find(([known]) => Number(known) === code)?.[1] ?? 'Message failed';
	return `(#${code}) ${text}${detail === undefined ? '' : `: ${detail}`}`;
};

/** A refusal by WhatsApp, which the API passes on as 400. */
export const whatsAppRefusal = (code: WhatsAppCode, detail?: string): Refusal =>
	new Refusal(400, whatsAppText(code, detail), code);

export const notFound = (what: string): Refusal => new Refusal(404, `${what} not found`);
