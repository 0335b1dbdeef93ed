import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { explain } from '../openapi/explain';
import type { Json } from '../openapi/json';
import { readBody } from '../read-request';
import { Refusal } from '../refusal';
import type { Request } from 'express';

const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
addFormats(ajv);

/** Reads bodies of control requests; a wrong one is refused with every problem named. */
export function bodyOf<Body>(schema: Json): (request: Request) => Body {
	const validate = ajv.compile<Body>(schema);
	return (request) => {
		const { mediaType, body, problem } = readBody(request);
		if (problem) throw new Refusal(400, problem);
		// Asked for so that a page of another site cannot post here without the browser asking first.
		if (mediaType !== 'application/json')
			throw new Refusal(400, 'a body with content-type application/json is required');
		if (!validate(body)) throw new Refusal(400, explain('body', validate.errors ?? []).join('; '));
		return body;
	};
}

/** The same for routes that take one thing or a list of things. */
export function listOf<Item>(schema: Json): (request: Request) => Item[] {
	const validate = ajv.compile<Item[]>({ type: 'array', items: schema, minItems: 1 });
	const read = bodyOf<unknown>({});
	return (request) => {
		const items: unknown = [read(request)].flat();
		if (!validate(items)) throw new Refusal(400, explain('body', validate.errors ?? []).join('; '));
		return items;
	};
}
