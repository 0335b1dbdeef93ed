import { operation, type Values } from '../../../catalog';
import type { MessloClient } from './client';

/** Which row of the catalogue a template is: the contract's own order of precedence. */
function rowFor(body: Values): string {
	if (body['header_url'] !== undefined) return 'template.createMediaHeader';
	const buttons = Array.isArray(body['buttons']) ? (body['buttons'] as { type?: string }[]) : [];
	if (buttons.some(({ type }) => type === 'website' || type === 'phone_call')) return 'template.createCta';
	if (buttons.length > 0) return 'template.createQuickReply';
	return body['variable_examples'] === undefined ? 'template.createSimple' : 'template.createWithVariables';
}

/** Creates a template and submits it to WhatsApp; throws with the API's reason when it is refused. */
export async function createTemplate(client: MessloClient, body: Values): Promise<void> {
	const row = operation(rowFor(body));
	await client.ask(row.id, body);
}
