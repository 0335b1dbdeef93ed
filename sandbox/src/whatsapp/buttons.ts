import type { MessageButton, TemplateButton } from '../records';

const KINDS: Record<string, MessageButton['kind']> = {
	quick_reply: 'reply',
	website: 'url',
	phone_call: 'call',
	copy_code: 'copy',
};

/** A template's buttons as the phone shows them. */
export const buttonsOfTemplate = (buttons: TemplateButton[] = []): MessageButton[] =>
	buttons.map((button) => ({
		kind: KINDS[button.type] ?? 'other',
		text: button.type === 'copy_code' ? 'Copy code' : (button.text ?? button.type),
		value: button.website_url ?? button.phone_number ?? button.text ?? '',
	}));

/** Reply buttons of a message; their inner fields are not published, so several spellings are read. */
export const replyButtons = (buttons: Record<string, unknown>[] = []): MessageButton[] =>
	buttons.map((button, index) => {
		const text = String(button['title'] ?? button['text'] ?? `Button ${index + 1}`);
		return { kind: 'reply', text, value: String(button['id'] ?? text) };
	});
