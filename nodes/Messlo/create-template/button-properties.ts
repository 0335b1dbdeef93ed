import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { TEMPLATE_LIMITS } from '../../../catalog';
import { sorted } from '../description/sorted';

const { label, code, url, buttonsOfKind } = TEMPLATE_LIMITS;
const upTo = (kind: keyof typeof buttonsOfKind) => `At most ${buttonsOfKind[kind]} in a template`;

const KINDS: Record<string, INodePropertyOptions> = {
	phone_call: { name: 'Call a Number', value: 'phone_call', description: upTo('phone_call') },
	copy_code: { name: 'Copy a Coupon Code', value: 'copy_code', description: upTo('copy_code') },
	website: { name: 'Open a Website', value: 'website', description: upTo('website') },
	catalog: { name: 'Open the Catalog', value: 'catalog', description: upTo('catalog') },
	quick_reply: { name: 'Quick Reply', value: 'quick_reply', description: 'Answers with its text' },
};

/** The fields of a button: each kind shows its own. A single kind needs no choice. */
export function buttonProperties(derived: INodeProperties[]): INodeProperties[] {
	const type = derived.find(({ name }) => name === 'type');
	const kinds = (type?.options ?? []).flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const made = derived.flatMap((property): INodeProperties[] => {
		if (property.name === 'type') return [actionProperty(property, kinds)];
		if (property.name === 'text') return textProperties(property, kinds);
		return [property.name === 'website_url' ? { ...property, hint: `At most ${url} characters` } : property];
	});
	return sorted(made, 'displayName');
}

/** Named so that it comes first: n8n wants the fields of an entry in alphabetical order. */
const actionProperty = (property: INodeProperties, kinds: readonly string[]): INodeProperties =>
	kinds.length === 1
		? { ...property, displayName: 'Action', type: 'hidden' }
		: {
				...property,
				displayName: 'Action',
				description: 'What a tap on the button does',
				options: sorted(
					kinds.map((kind) => KINDS[kind] ?? { name: kind, value: kind }),
					'name',
				),
			};

/** WhatsApp labels the button of a code itself; its text is the code. */
function textProperties(property: INodeProperties, kinds: readonly string[]): INodeProperties[] {
	const text = {
		...property,
		description: 'What the button says, without variables',
		hint: `At most ${label} characters`,
	};
	if (!kinds.includes('copy_code')) return [text];
	return [
		{ ...text, displayOptions: { hide: { type: ['copy_code'] } } },
		{
			...property,
			displayName: 'Sample Code',
			placeholder: 'e.g. JUNE15',
			description: 'A code such as people will get',
			hint: `At most ${code} characters`,
			displayOptions: { show: { type: ['copy_code'] } },
		},
	];
}
