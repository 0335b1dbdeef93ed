import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation, Values } from '../../../catalog';
import type { Api } from '../api/connect';
import type { Options } from './read-options';

/** One item of one operation. */
export interface Call {
	context: IExecuteFunctions;
	api: Api;
	row: Operation;
	index: number;
	options: Options;
}

/** What is finished by hand of an operation; what it leaves out is derived from the catalogue. */
export interface Finish {
	/** The form, made from the derived one: fields are replaced, added, put in another order. */
	form?: (derived: INodeProperties[]) => INodeProperties[];
	/**
	 * The values of the request, made from those of the derived fields that the form still has (by the same names).
	 * Refuses by throwing FieldError.
	 */
	values?: (call: Call, derived: Values) => Values | Promise<Values>;
	/** The whole call, instead of one request. */
	run?: (call: Call, values: Values) => Promise<IDataObject[]>;
}

/** By id of the operation. */
export type Finishes = Readonly<Record<string, Finish>>;
