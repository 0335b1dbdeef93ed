/**
 * What a value may be. `phone` is digits without plus; `map` is an object of texts by key; `object` is a JSON object;
 * `list` holds what its `items` or `fields` say, else texts, numbers and truth values; `file` is the caller's own name
 * for a file that it adds to the multipart form.
 */
export type FieldType =
	| 'string'
	| 'number'
	| 'integer'
	| 'boolean'
	| 'phone'
	| 'email'
	| 'url'
	| 'date'
	| 'dateTime'
	| 'list'
	| 'map'
	| 'object'
	| 'file';

export interface Field {
	/** The API's own spelling. */
	name: string;
	in: 'path' | 'query' | 'body';
	type: FieldType;
	/** Must be given; with `when`, only where it applies. */
	required?: true;
	/** One sentence for the person who fills it in, at most 120 characters. */
	help: string;
	example?: unknown;
	/** What the API takes when it is left out; also what a `when` compares with then. */
	default?: string | number | boolean;
	/** The only values taken. */
	choices?: readonly string[];
	/** Least and most: the value of a number, the characters of a text, the entries of a list. */
	min?: number;
	max?: number;
	/** The form of a text; `help` says it in words. */
	pattern?: RegExp;
	/** What each entry of a list is, unless `fields` says it. */
	items?: FieldType;
	/** Inside of an object, or of each entry of a list. */
	fields?: readonly Field[];
	/** A phone that travels with a leading plus; given with or without. */
	plus?: true;
	/** Entries beside `fields` pass too: the API publishes only part of the shape. */
	open?: true;
	/** At least one entry of the list has one of these values there; else it is another operation. */
	contains?: { field: string; is: readonly string[] };
	/** Taken only while that field has one of these values. */
	when?: { field: string; is: readonly (string | boolean)[] };
	/** Where a picker finds the choices. */
	pick?: Picker;
	/** Best shown as: a JSON editor for a graph, several lines for long texts, dots for secrets. */
	editor?: 'json' | 'lines' | 'password';
	/** Stands on the form although it may be left empty. */
	shown?: true;
	/** The entries of this object become fields of the query or body themselves. */
	spread?: true;
	/** Name in a form where it cannot be made from `name`. */
	label?: string;
}

/** A list operation whose records fill a picker; its required fields come from the form's fields of the same name. */
export interface Picker {
	from: string;
	/** Where a record holds what the field takes: the first of these that is there. */
	value: readonly string[];
	/** What a person sees: those of these that are there. */
	label: readonly string[];
	/** Only records with one of these values there, in any case; records that do not say pass. */
	where?: { field: string; is: readonly string[] };
}

type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

/** One operation of the API: everything that a form, a request, its documentation and its test need to know. */
export interface Operation {
	/** resource.verb, unique: `message.sendTemplate`. */
	id: string;
	/** Noun of the menu: `Message`. */
	resource: string;
	/** Verb under the noun, unique there: `Send Template`. */
	operation: string;
	/** Both in a sentence: `Send a template message`. */
	label: string;
	/** One sentence for a person or a language model that decides whether to use it. */
	description: string;
	/** "VERB /path/{field}". */
	route: Route;
	/** The same on another path, to try when the first answers 404. */
	fallbackRoute?: Route;
	/** operationId and, where one endpoint takes several bodies, the variant in contract/messlo-api.openapi.yaml. */
	contract: { operationId: string; variant?: string };
	/** Rows of the developer page, 1 to 81; empty for operations known from elsewhere. */
	rows: readonly number[];
	fields: readonly Field[];
	/** At least one of these fields must be given. */
	anyOf?: readonly string[];
	/** Body values that make it this operation and no other; `{}` where an empty body is sent. */
	fixed?: Readonly<Record<string, unknown>>;
	/** Where a list's array may lie in the answer, best first; "" is the body itself. */
	itemsAt?: readonly string[];
	/** Most records a page, where the list has pages. */
	page?: 50 | 100;
	/** Sent as multipart/form-data. */
	multipart?: true;
	/** Answers with server-sent events. */
	stream?: true;
	/** Called with the key of a login app, not with the account's. */
	key?: 'loginApp';
	/** The plan of the account may refuse it; with which status is not published. */
	planLimited?: true;
}

/** Values by field name, as a form or a program gives them; undefined is absent. */
export type Values = Readonly<Record<string, unknown>>;

/** A part of a multipart form: text, or the file that the caller knows by the name in `file`. */
export type FormPart = { name: string; value: string } | { name: string; file: string };

export interface ApiRequest {
	method: string;
	/** Path and query, percent-encoded, starting with "/". */
	path: string;
	/** The same on the operation's fallback route. */
	fallbackPath?: string;
	/** JSON body; undefined when the operation has none. */
	body?: Record<string, unknown>;
	/** Multipart body, instead of `body`. */
	form?: FormPart[];
}
