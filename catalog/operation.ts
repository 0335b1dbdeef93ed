/** What a value may be. `phone` is digits without plus; `map` is an object of strings by key; `json` anything. */
export type FieldType = 'string' | 'number' | 'boolean' | 'phone' | 'url' | 'list' | 'map' | 'json';

export interface Field {
	/** The API's own spelling. */
	name: string;
	in: 'path' | 'query' | 'body';
	type: FieldType;
	required?: true;
	/** One sentence for the person who fills it in. */
	help: string;
	/** The only values taken. */
	choices?: readonly string[];
	example?: unknown;
}

/** One operation of the API: everything that a form, a request, its documentation and its test need to know. */
export interface Operation {
	/** resource.verb, unique: `message.sendTemplate`. */
	id: string;
	label: string;
	/** "VERB /path/{field}". */
	route: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
	/** operationId and, where one endpoint takes several bodies, the variant in contract/messlo-api.openapi.yaml. */
	contract: { operationId: string; variant?: string };
	/** Rows of the developer page, 1 to 81; empty for operations known from elsewhere. */
	rows: readonly number[];
	fields: readonly Field[];
	/** Body values that make it this operation and no other. */
	fixed?: Readonly<Record<string, unknown>>;
	/** Where a list's array may lie in the answer, best first; "" is the body itself. */
	itemsAt?: readonly string[];
}

/** Values by field name, as a form or a program gives them; undefined is absent. */
export type Values = Readonly<Record<string, unknown>>;

export interface ApiRequest {
	method: string;
	/** Path and query, percent-encoded, starting with "/". */
	path: string;
	/** JSON body; undefined when the operation has none. */
	body?: Record<string, unknown>;
}
