import { inPath, list, string } from './fields';
import type { Field, Picker } from './operation';

const record = ['_id', 'id'];
const named = (from: string, ...label: string[]): Picker => ({ from, value: record, label });

/** What fills the picker of an id. Record ids are Messlo's own; `meta…` ones are WhatsApp's. */
export const PICK = {
	agent: named('agent.getMany', 'name', 'email'),
	callAgent: named('callAgent.getMany', 'name', 'email'),
	campaign: named('campaign.getMany', 'name', 'status'),
	catalog: named('catalog.getMany', 'name', 'catalog_id'),
	metaCatalog: { from: 'catalog.getMany', value: ['catalog_id'], label: ['name', 'catalog_id'] },
	chatbot: named('chatbot.getMany', 'name', 'status'),
	contact: named('contact.getMany', 'name', 'phone_number'),
	flow: named('flow.getMany', 'name'),
	form: named('form.getMany', 'name', 'meta_status'),
	funnel: named('pipeline.getMany', 'name'),
	googleAccount: named('google.getAccounts', 'email', 'name'),
	importJob: named('contactImport.getMany', 'status'),
	keywordBot: named('keywordBot.getMany', 'keywords', 'status'),
	loginApp: named('loginApp.getMany', 'name'),
	pack: { from: 'industryPack.getMany', value: ['slug'], label: ['name', 'slug'] },
	product: { from: 'catalog.getProducts', value: ['retailer_id'], label: ['name', 'retailer_id'] },
	quickReply: named('quickReply.getMany', 'content'),
	replyMaterial: named('replyMaterial.getMany', 'name', 'type'),
	segment: named('segment.getMany', 'name'),
	sender: { from: 'phoneNumber.getMany', value: ['display_phone_number'], label: ['display_phone_number'] },
	phoneNumber: named('phoneNumber.getMany', 'display_phone_number'),
	sequence: named('sequence.getMany', 'name'),
	tag: named('tag.getMany', 'label'),
	team: named('team.getMany', 'name'),
	template: named('template.getMany', 'template_name', 'language', 'status'),
	templateName: {
		from: 'template.getMany',
		value: ['template_name'],
		label: ['template_name', 'language', 'status'],
		where: { field: 'status', is: ['approved'] },
	},
	waba: named('connection.getMany', 'name', 'waba_id'),
	webhook: named('webhook.getMany', 'webhook_name'),
} satisfies Record<string, Picker>;

/** Made-up record id of the contract's examples, by its last three digits. */
export const recordId = (last: string) => `665f1c2ab7d1c8a5f0e41${last}`;

export const wabaId: Field = string('waba_id', 'WABA record ID in Messlo, or the WABA ID at Meta.', recordId('001'), {
	required: true,
	label: 'WhatsApp Account',
	pick: PICK.waba,
});

export const contactId: Field = string('contact_id', 'Contact record ID.', recordId('003'), {
	label: 'Contact',
	pick: PICK.contact,
});

export const numberId: Field = string('whatsapp_phone_number_id', 'Sender number record ID.', recordId('002'), {
	label: 'Sender Number',
	pick: PICK.phoneNumber,
});

/** The record an operation is about, as `{id}` in its path. */
export const recordInPath = (noun: string, example: string, pick?: Picker, name = 'id'): Field =>
	inPath(string(name, `${noun} record ID.`, recordId(example), pick ? { label: noun, pick } : { label: `${noun} ID` }));

/** The records a bulk removal is about. */
export const recordIds = (nouns: string, example: string, pick?: Picker): Field =>
	list('ids', 'Record IDs of what to delete.', [recordId(example)], {
		required: true,
		min: 1,
		items: 'string',
		label: nouns,
		...(pick ? { pick } : {}),
	});

export const tagIds: Field = list('tag_ids', 'Record IDs of tags.', [recordId('005')], {
	items: 'string',
	min: 1,
	pick: PICK.tag,
	label: 'Tags',
});
