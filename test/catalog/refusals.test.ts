import { buildRequest, FieldError, operation, OPERATIONS, type Values } from '../../catalog';
import { everything, onlyRequired } from './examples';

const examples = (id: string): Values =>
	Object.fromEntries(
		operation(id)
			.fields.filter(({ when }) => !when)
			.map(({ name, example }) => [name, example]),
	);

describe.each(OPERATIONS.filter(({ fields }) => fields.length > 0).map((row) => [row.id, row] as const))(
	'%s refuses, naming itself and the field,',
	(id, row) => {
		test('every required field that is missing', () => {
			for (const { name, required } of row.fields) {
				if (!required) continue;
				const attempt = () => buildRequest(row, { ...onlyRequired(row), [name]: undefined });
				if (name in onlyRequired(row)) expect(attempt).toThrow(`${id}: '${name}' is missing: `);
			}
		});

		test('every value of a wrong type', () => {
			const values = everything(row);
			for (const name of Object.keys(values))
				expect(() => buildRequest(row, { ...values, [name]: Symbol('wrong') })).toThrow(`${id}: '${name}' must be `);
		});
	},
);

describe('a refusal names operation, field and what is expected', () => {
	test.each<[string, Values, string]>([
		['message.sendTemplate', { contact_no: undefined }, "message.sendTemplate: 'contact_no' is missing: Recipient."],
		['message.sendTemplate', { contact_no: '+91 98765' }, "'contact_no' must be a phone number in international form"],
		['message.sendTemplate', { templateVariables: ['Ana'] }, "'templateVariables' must be an object of texts by key"],
		[
			'message.sendTemplate',
			{ templatename: 'x' },
			"'templatename' is not a field; it takes contact_no, whatsapp_phone",
		],
		['message.sendTemplate', { languageCode: '' }, "'languageCode' is missing"],
		['message.sendLocation', { latitude: 91 }, "'latitude' must be at most 90, not 91"],
		['message.sendMultipleMedia', { mediaUrls: [] }, "'mediaUrls' must be at least 1 entries, not 0"],
		['message.sendMultipleMedia', { mediaUrls: ['a.jpg'] }, "'mediaUrls.0' must be an http(s) address"],
		['message.getMany', { start_date: '2026-02-30' }, "'start_date' must be a day, YYYY-MM-DD"],
		['chat.getMany', { limit: 51 }, "'limit' must be at most 50, not 51"],
		['chat.getMany', { platform: 'sms' }, "'platform' must be one of whatsapp, telegram, facebook, instagram"],
		['chat.assign', { agent_id: undefined, chatbot_id: undefined }, "'agent_id' or 'chatbot_id' is missing"],
		['contact.get', { id: '..' }, "'id' cannot be '..'"],
		['contact.create', { phone_number: '+1 (202) 555' }, "'phone_number' must be a phone number in international form"],
		['template.createSimple', { template_name: 'Order Update' }, "'template_name' has the wrong form: Lower case"],
		['template.createSimple', { footer_text: '🎉'.repeat(61) }, "'footer_text' must be at most 60 characters, not 61"],
		['template.createCta', { buttons: [{ type: 'website', text: 'Go' }] }, "'buttons.0.website_url' is missing"],
		[
			'template.createCta',
			{ buttons: [{ type: 'quick_reply', text: 'Yes' }] },
			"'buttons' must have an entry with type website or phone_call",
		],
		[
			'template.createCta',
			{ buttons: [{ type: 'phone_call', text: 'Go', phone_number: '+12025550100', website_url: 'https://x.example' }] },
			"'buttons.0.website_url' is taken only when 'type' is website",
		],
		[
			'login.start',
			{ use_messlo_phone: true, phone_number_id: '1' },
			"'phone_number_id' is taken only when 'use_messlo_phone' is false",
		],
	])('%s %j', (id, change, message) => {
		const attempt = () => buildRequest(operation(id), { ...examples(id), ...change });
		expect(attempt).toThrow(FieldError);
		expect(attempt).toThrow(message);
		expect(attempt).toThrow(`${id}: '`);
	});

	test('characters are counted, not UTF-16 units', () => {
		const values = { ...examples('template.createSimple'), footer_text: '🎉'.repeat(60) };
		expect(() => buildRequest(operation('template.createSimple'), values)).not.toThrow();
	});

	test('an unknown operation is refused with the known ones', () => {
		expect(() => operation('message.fax')).toThrow("no operation 'message.fax'. Known: connection.getMany");
	});
});
