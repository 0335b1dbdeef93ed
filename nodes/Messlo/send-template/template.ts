import { at, readText } from '../../../catalog';
import { readVariables, type Variable } from './variables';

export type MediaKind = 'document' | 'image' | 'video';

/** A template as far as a message of it can be filled in and checked. */
export interface Template {
	id?: string;
	name: string;
	language: string;
	/** Lower case; undefined when the API does not say. */
	status?: string;
	/** Meta writes the text of these, and limits their code. */
	isCode: boolean;
	media?: MediaKind;
	header?: string;
	/** Undefined when the API lists templates without their texts: then nothing is known of variables and header either. */
	body?: string;
	/** Whether the message is more than its body. */
	hasMore: boolean;
	variables: readonly Variable[];
}

type Json = Readonly<Record<string, unknown>>;

/** A record of the list, in Messlo's spelling or in Meta's; only name, language and status of it are published. */
export function readTemplate(record: Json): Template | undefined {
	const name = readText(record, 'template_name', 'name');
	const language = readText(record, 'language', 'language.code', 'language_code');
	if (name === undefined || language === undefined) return undefined;
	const id = readText(record, '_id', 'id');
	const status = readText(record, 'status')?.toLowerCase();
	const isCode = readText(record, 'category')?.toUpperCase() === 'AUTHENTICATION';
	const header = readText(record, 'header_text') ?? readText(component(record, 'HEADER'), 'text');
	const body =
		readText(record, 'message_body') ?? readText(component(record, 'BODY'), 'text') ?? (isCode ? CODE : undefined);
	const media = readMedia(record);
	const footer = readText(record, 'footer_text') ?? readText(component(record, 'FOOTER'), 'text');
	const buttons = readButtons(record);
	return {
		...(id === undefined ? {} : { id }),
		name,
		language,
		...(status === undefined ? {} : { status }),
		isCode,
		...(media ? { media } : {}),
		...(header === undefined ? {} : { header }),
		...(body === undefined ? {} : { body }),
		hasMore: media !== undefined || header !== undefined || footer !== undefined || buttons.length > 0,
		variables: readVariables(header, body, buttons),
	};
}

const CODE = '{{1}} is your verification code.';

export interface Button {
	label: string;
	url?: string;
}

function readButtons(record: Json): Button[] {
	return [...list(record, 'buttons'), ...list(component(record, 'BUTTONS'), 'buttons')].map((button) => {
		const url = readText(button, 'website_url', 'url');
		return { label: readText(button, 'text') ?? '', ...(url === undefined ? {} : { url }) };
	});
}

const EXTENSIONS: Record<MediaKind, RegExp> = {
	document: /\.pdf$/i,
	image: /\.(jpe?g|png)$/i,
	video: /\.(mp4|3gp)$/i,
};
const KINDS = Object.keys(EXTENSIONS) as MediaKind[];

function readMedia(record: Json): MediaKind | undefined {
	const said = readText(record, 'header_media_type', 'header_type') ?? readText(component(record, 'HEADER'), 'format');
	const sample = readText(record, 'header_url');
	return KINDS.find((kind) => kind === said?.toLowerCase()) ?? (sample === undefined ? undefined : kindOf(sample));
}

/** The kind of media that the end of an address shows. */
export function kindOf(address: string): MediaKind | undefined {
	const [path = ''] = address.split(/[?#]/);
	return KINDS.find((kind) => EXTENSIONS[kind].test(path));
}

const component = (record: Json, type: string): Json | undefined =>
	list(record, 'components').find((part) => String(part['type']).toUpperCase() === type);

function list(record: Json | undefined, name: string): Json[] {
	const found = at(record, name);
	return Array.isArray(found)
		? found.filter((entry): entry is Json => typeof entry === 'object' && entry !== null)
		: [];
}
