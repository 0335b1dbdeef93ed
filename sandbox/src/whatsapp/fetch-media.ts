import path from 'node:path';
import { isObject } from '../openapi/json';
import { MEDIA_KINDS, type Media, type MediaKind } from '../records';
import { whatsAppRefusal } from '../refusal';
import type { UploadedFile } from '../uploaded-file';
import type { World } from '../world';

const MB = 1024 * 1024;

// https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
const KINDS: Record<MediaKind, { maxBytes: number; types: string[]; headerTypes: string[]; extensions: string[] }> = {
	document: {
		maxBytes: 100 * MB,
		types: ['application/pdf', 'text/plain', 'application/msword', 'application/vnd.ms-', 'application/vnd.openxml'],
		headerTypes: ['application/pdf'],
		extensions: ['.pdf', '.txt', '.doc', '.docx', '.xls', '.xlsx', '.ppt', '.pptx'],
	},
	image: {
		maxBytes: 5 * MB,
		types: ['image/jpeg', 'image/png'],
		headerTypes: ['image/jpeg', 'image/png'],
		extensions: ['.jpg', '.jpeg', '.png'],
	},
	video: {
		maxBytes: 16 * MB,
		types: ['video/mp4', 'video/3gpp'],
		headerTypes: ['video/mp4'],
		extensions: ['.mp4', '.3gp'],
	},
	audio: {
		maxBytes: 16 * MB,
		types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
		headerTypes: [],
		extensions: ['.aac', '.amr', '.mp3', '.m4a', '.ogg'],
	},
};

/** For uploads that do not say what they are. */
const TYPES: Record<string, string> = {
	'.pdf': 'application/pdf',
	'.txt': 'text/plain',
	'.jpg': 'image/jpeg',
	'.jpeg': 'image/jpeg',
	'.png': 'image/png',
	'.mp4': 'video/mp4',
	'.mp3': 'audio/mpeg',
	'.ogg': 'audio/ogg',
};

export interface FetchOptions {
	timeoutMs: number;
	/** As header of a template, where fewer types are allowed. */
	header?: boolean;
	/** Files by address, which need not be fetched. */
	files?: ReadonlyMap<string, { type: string; bytes: Buffer }>;
}

/** How this sandbox fetches. */
export const fetchOptions = ({ settings, state }: World, header = false): FetchOptions => ({
	timeoutMs: settings.mediaTimeoutMs,
	files: state.files,
	header,
});

export type FetchResult = { ok: true; media: Media } | { ok: false; reason: string };

/** Fetches a file as WhatsApp does at the moment of sending; refuses with 131053 when it cannot be used. */
export async function fetchMedia(url: string, kind: MediaKind, options: FetchOptions): Promise<Media> {
	const result = await tryMedia(url, kind, options);
	if (!result.ok) throw whatsAppRefusal(131053, result.reason);
	return result.media;
}

/** The kind of media that the end of an address suggests; a document when it suggests nothing. */
export function kindOfAddress(url: string): MediaKind {
	const extension = URL.canParse(url) ? path.posix.extname(new URL(url).pathname).toLowerCase() : '';
	return MEDIA_KINDS.find((kind) => KINDS[kind].extensions.includes(extension)) ?? 'document';
}

/** Fetches a file, or says in a sentence why WhatsApp could not use it. */
export async function tryMedia(url: string, kind: MediaKind, options: FetchOptions): Promise<FetchResult> {
	const known = options.files?.get(url);
	if (known) {
		const reason = refusalOf(kind, known.type, known.bytes.length, options.header);
		if (reason !== undefined) return { ok: false, reason: `${url} ${reason}` };
		return { ok: true, media: { kind, name: fileName(null, url), ...known, size: known.bytes.length } };
	}
	const { maxBytes } = KINDS[kind];
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(options.timeoutMs) });
		const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
		const refuse = async (reason: string): Promise<FetchResult> => {
			await response.body?.cancel();
			return { ok: false, reason: `${url} ${reason}` };
		};
		if (response.status !== 200) return await refuse(`answered ${response.status}, expected 200`);
		const wrongType = refusalOf(kind, type, 1, options.header);
		if (wrongType !== undefined) return await refuse(wrongType);
		const bytes = await readUpTo(maxBytes, response);
		const wrongSize = refusalOf(kind, type, bytes?.length ?? Infinity, options.header);
		if (!bytes || wrongSize !== undefined) return await refuse(wrongSize ?? '');
		const name = fileName(response.headers.get('content-disposition'), response.url || url);
		return { ok: true, media: { kind, name, type, size: bytes.length, bytes } };
	} catch (error) {
		return { ok: false, reason: `${url} ${unreachable(error, options.timeoutMs)}` };
	}
}

/** A file that was uploaded; refuses with 131053 when it cannot be used. */
export function uploadedMedia({ name, type: said, bytes }: UploadedFile, kind: MediaKind): Media {
	const extension = path.extname(name).toLowerCase();
	const type = said === '' || said === 'application/octet-stream' ? (TYPES[extension] ?? said) : said.toLowerCase();
	const reason = refusalOf(kind, type, bytes.length);
	if (reason !== undefined) throw whatsAppRefusal(131053, `${name} ${reason}`);
	return { kind, name: name === '' ? 'file' : name, type, size: bytes.length, bytes };
}

/** Why WhatsApp does not take a file of this type and size, if so. */
function refusalOf(kind: MediaKind, type: string, size: number, header = false): string | undefined {
	const { maxBytes, types, headerTypes } = KINDS[kind];
	const allowed = header ? headerTypes : types;
	if (!allowed.some((prefix) => type.startsWith(prefix))) {
		return `has content-type '${type}', expected ${allowed.join(' or ')} for ${kind}`;
	}
	if (size > maxBytes) return `is larger than ${maxBytes / MB} MB, the limit for ${kind}`;
	return size === 0 ? 'is empty' : undefined;
}

async function readUpTo(maxBytes: number, response: Response): Promise<Buffer | undefined> {
	if (Number(response.headers.get('content-length') ?? 0) > maxBytes) return undefined;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of response.body ?? []) {
		size += chunk.length;
		if (size > maxBytes) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function fileName(disposition: string | null, url: string): string {
	const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
	const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
	const last = new URL(url).pathname.split('/').pop() ?? '';
	try {
		return decodeURIComponent(extended ?? plain ?? last) || 'file';
	} catch {
		return plain ?? last;
	}
}

// Not by `instanceof`: under Jest the errors of fetch are of another realm.
function unreachable(error: unknown, timeoutMs: number): string {
	if (!isObject(error)) return 'could not be fetched';
	if (error['name'] === 'TimeoutError') return `did not answer within ${timeoutMs} ms`;
	const cause = isObject(error['cause']) ? error['cause'] : error;
	return `could not be fetched (${String(cause['message'] || cause['code'] || cause['name'])})`;
}
