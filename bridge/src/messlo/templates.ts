import { at, readItems, readText } from '../../../catalog';
import type { MessloClient } from './client';
import { allPages } from './pages';

/** A template as the API lists it; what it does not say is undefined. */
export interface ApiTemplate {
	id?: string;
	name: string;
	language: string;
	/** Upper case: APPROVED, PENDING, REJECTED, PAUSED, DISABLED … */
	status: string;
	category?: string;
	/** How many placeholders the body has. */
	variables?: number;
	header?: 'none' | 'text' | 'image' | 'video' | 'document';
	rejection?: string;
	/** What stands on its reply buttons. */
	replyButtons?: string[];
}

/** Every template of a WABA, read loosely: only name and language are relied on. */
export async function listTemplates(client: MessloClient, wabaId: string): Promise<ApiTemplate[]> {
	const records = await allPages(client, 'template.getMany', { waba_id: wabaId });
	return records.flatMap((record) => {
		const name = readText(record, 'template_name', 'name');
		const language = readText(record, 'language', 'language.code', 'language_code');
		return name === undefined || language === undefined ? [] : [toTemplate(record, name, language)];
	});
}

function toTemplate(record: Record<string, unknown>, name: string, language: string): ApiTemplate {
	const id = readText(record, '_id', 'id');
	const category = readText(record, 'category');
	const body = readText(record, 'message_body', 'body', 'body_text') ?? componentText(record, 'BODY');
	const header = headerKind(record);
	const rejection = readText(record, 'rejection_reason', 'rejected_reason');
	const replyButtons = replyButtonsOf(record);
	return {
		name,
		language,
		status: (readText(record, 'status') ?? 'UNKNOWN').toUpperCase(),
		...(id === undefined ? {} : { id }),
		...(category === undefined ? {} : { category }),
		...(body === undefined ? {} : { variables: new Set(body.match(/\{\{\s*\w+\s*\}\}/g)).size }),
		...(header === undefined ? {} : { header }),
		...(rejection === undefined ? {} : { rejection }),
		...(replyButtons === undefined ? {} : { replyButtons }),
	};
}

const components = (record: Record<string, unknown>): Record<string, unknown>[] => {
	const list = at(record, 'components');
	return Array.isArray(list) ? (list as Record<string, unknown>[]) : [];
};

const componentText = (record: Record<string, unknown>, type: string): string | undefined =>
	readText(
		components(record).find((component) => String(component['type']).toUpperCase() === type),
		'text',
	);

/** Undefined where the record does not say: a short record shows no buttons, and may have some. */
function replyButtonsOf(record: Record<string, unknown>): string[] | undefined {
	const component = components(record).find(({ type }) => String(type).toUpperCase() === 'BUTTONS');
	const listed = at(record, 'buttons') ?? at(component, 'buttons');
	if (!Array.isArray(listed)) return readText(record, 'message_body') === undefined && !component ? undefined : [];
	return listed.flatMap((button: unknown) =>
		/^quick_?reply$/i.test(readText(button, 'type') ?? '') ? (readText(button, 'text', 'title') ?? []) : [],
	);
}

function headerKind(record: Record<string, unknown>): ApiTemplate['header'] {
	const component = components(record).find(({ type }) => String(type).toUpperCase() === 'HEADER');
	const said = readText(record, 'header_media_type', 'header.format', 'header_type') ?? readText(component, 'format');
	const kind = (['text', 'image', 'video', 'document'] as const).find((known) => known === said?.toLowerCase());
	if (kind) return kind;
	if (readText(record, 'header_text') !== undefined) return 'text';
	// Only a record that shows its body is known to have no header; a short record says nothing.
	return readText(record, 'message_body') === undefined ? undefined : 'none';
}

/** The WABA to use: the configured one, else the only one connected. */
export async function findWaba(client: MessloClient, configured: string | undefined): Promise<string> {
	if (configured !== undefined) return configured;
	const { row, body } = await client.ask('connection.getMany', {});
	const ids = readItems(row, body).flatMap((record) => readText(record, '_id', 'id', 'waba_id') ?? []);
	const [only, second] = ids;
	if (only === undefined)
		throw new Error('The account has no WhatsApp Business Account. Connect one in the Messlo dashboard.');
	if (second !== undefined)
		throw new Error(
			`The account has ${ids.length} WhatsApp Business Accounts (${ids.join(', ')}). Set messlo.wabaId to the one to use.`,
		);
	return only;
}
