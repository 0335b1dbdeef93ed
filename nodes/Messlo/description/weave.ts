import type { INodeProperties } from 'n8n-workflow';

export interface Form {
	resource: string;
	operation: string;
	properties: readonly INodeProperties[];
}

/**
 * The forms of many operations as one list of properties. What two operations of a resource have in common stands there
 * once, so that a value survives a change of operation; the order within each form is kept.
 */
export function weave(forms: readonly Form[]): INodeProperties[] {
	const woven: { resource: string; key: string; operations: string[]; property: INodeProperties }[] = [];
	for (const { resource, operation, properties } of forms) {
		let last = woven.findIndex((thread) => thread.resource === resource) - 1;
		if (last === -2) last = woven.length - 1;
		for (const property of properties) {
			const key = JSON.stringify(property);
			const found = woven.findIndex(
				(thread, index) => index > last && thread.resource === resource && thread.key === key,
			);
			if (found === -1) woven.splice(last + 1, 0, { resource, key, operations: [operation], property });
			else woven[found]?.operations.push(operation);
			last = found === -1 ? last + 1 : found;
		}
	}
	return woven.map(({ resource, operations, property }) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: operations, ...property.displayOptions?.show },
		},
	}));
}
