import type { RequestHandler } from 'express';

/** A body is JSON as it is, not compressed: what is unpacked could be a thousand times as large. */
export const requireJson: RequestHandler = (request, response, next) => {
	const { 'content-length': length, 'transfer-encoding': chunked, 'content-encoding': encoding } = request.headers;
	const hasBody = chunked !== undefined || (length !== undefined && length !== '0');
	if (!hasBody || (request.is('application/json') && (encoding === undefined || encoding === 'identity'))) {
		next();
		return;
	}
	const detail = 'Send the body as JSON, with the header Content-Type: application/json and without Content-Encoding.';
	response.status(415).json({ reason: 'unsupported-media-type', detail });
};
