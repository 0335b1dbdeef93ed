import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation, Values } from '../../../catalog';
import type { Api } from '../api/connect';
import type { Options } from './read-options';

/** One operation on all items. */
export interface Execution {
	context: IExecuteFunctions;
	api: Api;
	row: Operation;
	options: Options;
}

/** What is finished by hand of an operation; what it leaves out is derived from the catalogue. */
export interface Finish {
	/** The form, made from the derived one: fields are replaced, added, put in another order. */
	form?: (derived: INodeProperties[]) => INodeProperties[];
	/** Not in the menu: the operation of this id makes its request too. */
	within?: string;
	/** Called once an execution, so that what holds for all items is looked up once. */
	begin?: (execution: Execution) => Steps;
}

export interface Steps {
	/**
	 * The values of an item's request, made from those of the derived fields that the form still has, by the same names.
	 * Refuses by throwing FieldError.
	 */
	values?: (index: number, derived: Values) => Values | Promise<Values>;
	/** The whole call for an item, instead of one request. */
	run?: (index: number, values: Values) => Promise<IDataObject[]>;
}

/** By id of the operation. */
export type Finishes = Readonly<Record<string, Finish>>;
