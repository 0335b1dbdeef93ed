/**
 * What WhatsApp refuses beyond when a template is created: characters of texts, entries of lists, minutes. Characters are code
 * points, as everywhere in the catalogue: UTF-16 units would refuse emoji that WhatsApp takes, and what people see as one
 * character (a flag, a family) may count as several there.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components and its pages on coupon
 * codes, limited-time offers, carousels and authentication.
 */
export const TEMPLATE_LIMITS = {
	name: 512,
	header: 60,
	body: 1024,
	footer: 60,
	label: 25,
	/** Sample of a coupon code. */
	code: 20,
	url: 2000,
	buttons: 10,
	buttonsOfKind: { website: 2, phone_call: 1, copy_code: 1, catalog: 1 },
	offer: { text: 16, body: 600, code: 15 },
	cards: { min: 2, max: 10 },
	card: { body: 160, buttons: 2 },
	passcodeMinutes: 90,
} as const;
