import type { MessageButton, Template, TemplateButton } from '../records';

const KINDS: Record<string, MessageButton['kind']> = {
	quick_reply: 'reply',
	website: 'url',
	phone_call: 'call',
	copy_code: 'copy',
};

/** Buttons of a template or of one of its cards as the phone shows them; a coupon code of the message wins over the sample. */
export const buttonsOfTemplate = (buttons: TemplateButton[] = [], coupon?: string): MessageButton[] =>
	buttons.map((button) => ({
		kind: KINDS[button.type] ?? 'other',
		text: button.type === 'copy_code' ? 'Copy code' : (button.text ?? button.type),
		value:
			(button.type === 'copy_code' ? coupon : undefined) ??
			button.website_url ??
			button.phone_number ??
			button.text ??
			'',
	}));

/** Buttons that Meta adds by the kind of template: to copy a code, to answer whether calls are welcome. */
export const ownButtons = (template: Template, values: Record<string, string | number>): MessageButton[] => [
	...(template.otp_buttons ?? []).map(({ copy_button_text: text = 'Copy code' }): MessageButton => ({
		kind: 'copy',
		text,
		value: String(values['1'] ?? ''),
	})),
	...(template.call_permission ? [{ kind: 'reply' as const, text: 'Allow calls', value: 'allow_calls' }] : []),
];

/** Buttons of a message; their inner fields are not published, so several spellings are read. */
export const messageButtons = (
	buttons: Record<string, unknown>[] = [],
	params?: Record<string, unknown>,
): MessageButton[] => [
	...buttons.map((button, index) => oneButton(button, `Button ${index + 1}`)),
	...(params ? [oneButton(params, 'Open')] : []),
];

function oneButton(button: Record<string, unknown>, fallback: string): MessageButton {
	const text = String(button['title'] ?? button['text'] ?? button['display_text'] ?? fallback);
	const url = button['url'] ?? button['website_url'];
	if (url !== undefined) return { kind: 'url', text, value: String(url) };
	const phone = button['phone_number'];
	if (phone !== undefined) return { kind: 'call', text, value: String(phone) };
	return { kind: 'reply', text, value: String(button['id'] ?? text) };
}
