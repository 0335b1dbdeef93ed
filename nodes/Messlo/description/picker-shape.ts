import { type Field, fieldLabel, type Picker } from '../../../catalog';
import { searchMethod } from '../picker/method-name';
import { group, singular } from './group';
import { sentence } from './sentence';
import type { Shape } from './shape';
import { widget } from './widget';

/** How one record, or several, are picked. */
export function pickerShape(field: Field): Shape {
	const { name, help, pick } = field;
	if (!pick) throw new Error(`The catalogue has no picker for '${name}'.`);
	const label = singular(fieldLabel(field));
	switch (widget(field)) {
		case 'pickMany':
			return {
				displayName: `${label} Names or IDs`,
				type: 'multiOptions',
				default: [],
				typeOptions: { loadOptionsMethod: searchMethod(pick) },
				description: `${sentence(help)}. ${FROM_LIST}`,
			};
		case 'pickers':
			return group(field, 'entries', [
				{ displayName: label, name: 'record', ...locator(field, pick), description: SEVERAL },
			]);
		default:
			return { ...locator(field, pick), description: sentence(help) };
	}
}

// n8n's fixed words for a list that is loaded.
const FROM_LIST =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.';
const SEVERAL = 'By ID, several can be given: separated by commas, or as a list by an expression';

const locator = ({ example }: Field, pick: Picker): Shape => ({
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: searchMethod(pick), searchable: true },
		},
		{
			displayName: BY[pick.value[0] ?? ''] ?? 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${String([example].flat()[0])}`,
		},
	],
});

/** What the second mode takes where that is no ID. */
const BY: Record<string, string> = { template_name: 'By Name', display_phone_number: 'By Number', slug: 'By Key' };
