import type { Request } from 'express';
import { UploadedFile } from './uploaded-file';

/** The query's values; a name that is given several times has a list. */
export function readQuery(request: Request): Record<string, unknown> {
	const { searchParams } = new URL(request.originalUrl, 'http://sandbox');
	const query: Record<string, unknown> = {};
	for (const name of new Set(searchParams.keys())) {
		const values = searchParams.getAll(name);
		query[name] = values.length === 1 ? values[0] : values;
	}
	return query;
}

/** The body, parsed where it is JSON. `mediaType` is empty when there is none. */
export function readBody(request: Request): { mediaType: string; body?: unknown; problem?: string } {
	const bytes: unknown = request.body;
	if (!Buffer.isBuffer(bytes) || bytes.length === 0) return { mediaType: '' };
	const mediaType = (request.get('content-type') ?? 'without content-type').split(';')[0]?.trim().toLowerCase() ?? '';
	if (mediaType !== 'application/json') return { mediaType, body: `(${bytes.length} bytes of ${mediaType})` };
	try {
		const body: unknown = JSON.parse(bytes.toString('utf8'));
		return { mediaType, body };
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return { mediaType, body: bytes.toString('utf8'), problem: `body is not JSON: ${reason}` };
	}
}

/** The parts of a multipart form by name; a name that comes several times has a list. */
export async function readForm(request: Request): Promise<{ body: Record<string, unknown>; problem?: string }> {
	const bytes: unknown = request.body;
	const headers = { 'content-type': request.get('content-type') ?? '' };
	try {
		const form = await new Response(Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : null, { headers }).formData();
		const body: Record<string, unknown> = {};
		for (const name of new Set(form.keys())) {
			const values = await Promise.all(form.getAll(name).map(partOf));
			body[name] = values.length === 1 ? values[0] : values;
		}
		return { body };
	} catch (error) {
		return { body: {}, problem: `body is not a multipart form: ${String(error)}` };
	}
}

const partOf = async (part: string | File): Promise<string | UploadedFile> =>
	typeof part === 'string' ? part : new UploadedFile(part.name, part.type, Buffer.from(await part.arrayBuffer()));
