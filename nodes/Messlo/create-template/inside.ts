import type { INodeProperties } from 'n8n-workflow';

/** A group of fields with other fields inside. */
export const inside = (
	group: INodeProperties,
	change: (values: INodeProperties[]) => INodeProperties[],
): INodeProperties => ({
	...group,
	options: (group.options ?? []).map((option) =>
		'values' in option ? { ...option, values: change(option.values) } : option,
	),
});
