import type { INodeProperties } from 'n8n-workflow';
import { type Operation, OPERATIONS } from '../../../catalog';
import { finishes } from '../finishes';
import { layoutProperties } from './field-property';
import { layoutOf } from './layout';
import { nameOf, resourceProperties } from './operations';
import { optionsProperty } from './options-property';
import { listProperties, outputProperties } from './output-properties';
import { weave } from './weave';

/** Operations that people choose; the others are made by one of these. */
const MENU = OPERATIONS.filter(({ id }) => finishes[id]?.within === undefined);

/** Everything that the node's form can show, made from the catalogue. */
export const properties = (): INodeProperties[] => [
	...resourceProperties(MENU),
	...weave(MENU.map((row) => ({ ...nameOf(row), properties: form(row) }))),
];

function form(row: Operation): INodeProperties[] {
	const derived = layoutProperties(layoutOf(row));
	const fields = finishes[row.id]?.form?.(derived) ?? derived;
	const isCollection = ({ type }: INodeProperties) => type === 'collection';
	return [
		...fields.filter((property) => !isCollection(property)),
		...listProperties(row),
		...fields.filter(isCollection),
		...outputProperties(row),
		optionsProperty(row),
	];
}
