import type { INodeProperties } from 'n8n-workflow';
import { type Field, fieldLabel } from '../../../catalog';
import { sentence } from './sentence';
import type { Shape } from './shape';

/** Groups of fields, as many as are added; kept as a list under `name`. */
export const group = (field: Field, name: 'entries' | 'pairs', values: INodeProperties[]): Shape => ({
	type: 'fixedCollection',
	default: {},
	placeholder: `Add ${singular(fieldLabel(field))}`,
	typeOptions: { multipleValues: true, ...(name === 'entries' ? { sortable: true } : {}) },
	options: [{ displayName: singular(fieldLabel(field)), name, values }],
	description: sentence(field.help),
});

export const singular = (label: string): string => label.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
