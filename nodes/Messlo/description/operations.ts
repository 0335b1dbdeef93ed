import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../../../catalog';
import { sentence } from './sentence';
import { sorted } from './sorted';

/** A row's own name in a workflow: the noun and the verb of its id. */
export const nameOf = ({ id }: Operation): { resource: string; operation: string } => {
	const [resource = '', operation = ''] = id.split('.');
	return { resource, operation };
};

/** The noun, and under each noun its verbs. */
export function resourceProperties(menu: readonly Operation[]): INodeProperties[] {
	const byResource = [...new Set(menu.map((row) => nameOf(row).resource))].map((resource): [string, Operation[]] => [
		resource,
		menu.filter((row) => nameOf(row).resource === resource),
	]);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: 'message',
			options: sorted(
				byResource.map(([value, [row]]) => ({ name: row?.resource ?? value, value })),
				'name',
			),
		},
		...byResource.map(operationProperty),
	];
}

const OPERATION = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
} as const;

const operationProperty = ([resource, rows]: [string, readonly Operation[]]): INodeProperties => ({
	...OPERATION,
	displayOptions: { show: { resource: [resource] } },
	default:
		[...FIRST, ...rows.map((row) => nameOf(row).operation)].find((verb) =>
			rows.some((row) => nameOf(row).operation === verb),
		) ?? '',
	options: sorted(rows.map(operationOption), 'name'),
});

/** What a fresh node does: the harmless or the most usual verb of its noun. */
const FIRST = ['sendTemplate', 'start', 'getMany', 'get'];

const operationOption = (row: Operation): INodePropertyOptions => ({
	name: row.operation,
	value: nameOf(row).operation,
	action: row.label,
	description:
		row.rows.length > 0
			? sentence(row.description)
			: sentence(row.description, 'Not on the developer page, so it may change'),
});
