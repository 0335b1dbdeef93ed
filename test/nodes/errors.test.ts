import { CAUSES } from '../../nodes/Messlo/errors/causes';
import { ANA, SENDER, withSandbox } from './support/with-sandbox';

const api = withSandbox();
const SEND = {
	resource: 'message',
	operation: 'sendText',
	contact_no: `+${ANA}`,
	whatsapp_phone_number: { __rl: true, mode: 'id', value: SENDER },
	message: 'Hello',
};
const whatsApp = (code: number, text: string) => ({
	status: 400,
	body: { success: false, message: `(#${code}) ${text}`, error: { code } },
});
const says = (status: number, message: string) => ({ status, body: { success: false, message } });

describe('an error says what happened and what to do', () => {
	test.each([
		['wrong-key', says(401, 'Invalid API key'), /does not accept the API key/, /Open the credential and test it/],
		['forbidden', says(403, 'Forbidden'), /may not do this/, /what the key and the plan allow/],
		[
			'template-not-approved',
			whatsApp(132001, 'Template name does not exist'),
			/no approved template/,
			/Pick the template/,
		],
		['template-not-approved', says(400, 'Template is not approved yet'), /no approved template/, /Pick the template/],
		['template-paused', whatsApp(132015, 'Template is paused'), /paused or disabled/, /Edit it, submit it again/],
		[
			'variable-count',
			whatsApp(132000, 'Number of parameters does not match'),
			/number of values/,
			/one value for each/,
		],
		['variable-format', whatsApp(132012, 'Parameter format'), /does not fit the template/, /line breaks/],
		['window-closed', whatsApp(131047, 'Re-engagement message'), /24 hours/, /Send Template/],
		['media-refused', whatsApp(131053, 'Media upload error'), /could not fetch or use the media/, /Validate Media URL/],
		['rate-limited', { ...says(429, 'Too many requests'), retryAfter: 90 }, /asks to slow down/, /Batching/],
		['plan-limit', says(400, 'Your plan limit of 100 contacts is reached'), /plan of the account/, /Get Usage/],
		['plan-limit', says(403, 'Upgrade your plan to use campaigns'), /plan of the account/, /Get Usage/],
		['opted-out', whatsApp(131050, 'User has stopped marketing'), /stopped marketing/, /do not send again/],
		['undeliverable', whatsApp(131026, 'Message undeliverable'), /not on WhatsApp/, /country code/],
		['billing', whatsApp(131042, 'Payment issue'), /want of payment/, /payment method/],
		['already-exists', says(400, 'Tag exists already'), /one already/, /another name/],
		['not-found', says(404, 'Contact not found'), /does not find the record/, /Pick it from the list/],
		['refused', says(422, 'message is too long'), /refuses these values/, /The API said: message is too long/],
		['unavailable', says(500, 'boom'), /passing fault/, /look whether it went out/],
		['unavailable', { status: 502, garbage: true }, /passing fault/, /Try again later/],
		['unknown', { status: 200, body: { success: false, message: 'No' } }, /did not work/, /The API said: No/],
	])('%s', async (code, fault, message, description) => {
		await api.fault({ operation: 'sendMessage', times: 'always', ...fault });
		const { error } = await api.run(SEND);
		expect(error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		const { json } = await api.run(SEND, undefined, { onError: 'continueRegularOutput' });
		expect(json).toEqual([expect.objectContaining({ code, error: expect.stringMatching(/^\[Item 0\] /) as string })]);
	});

	test('a host that is not there', async () => {
		const { error } = await api.run(SEND, undefined, undefined, { url: 'http://127.0.0.1:9' });
		expect(error?.message).toBe('The API cannot be reached');
		expect(error?.description).toMatch(/Check the base URL .*Nothing was sent.*127\.0\.0\.1:9: ECONNREFUSED/);
	});

	test('a base URL that is none', async () => {
		const { error } = await api.run(SEND, undefined, undefined, { url: 'messlo' });
		expect(error?.message).toBe('The API cannot be reached');
	});

	test('a connection that broke after the request left', async () => {
		await api.fault({ operation: 'sendMessage', reset: 'after' });
		const { error } = await api.run(SEND);
		expect(error?.message).toBe('The API did not answer');
		expect(error?.description).toMatch(/Look before repeating/);
	});

	test('no text of ours is replaced by a common one of n8n', () => {
		for (const { what } of CAUSES)
			expect(what).not.toMatch(/E(CONN|NOT|TIMED|ADDR|HOST|AI_|NOENT|ISDIR|ACCES|EXIST|PERM)|getaddrinfo/);
	});
});

describe('Continue On Fail', () => {
	const items = [{ json: { to: ANA } }, { json: { to: 'nobody' } }, { json: { to: '12025550144' } }];
	const CREATE = { resource: 'contact', operation: 'create', phone_number: '={{ $json.to }}' };

	test('keeps the place of what failed, with facts to branch on', async () => {
		await api.fault({
			operation: 'createContact',
			match: { phone_number: '+12025550144' },
			status: 429,
			retryAfter: 120,
		});
		const { outputs } = await api.run(CREATE, items, { onError: 'continueRegularOutput' });
		expect(outputs[0]).toEqual([
			{
				json: expect.objectContaining({ phone_number: expect.stringContaining(ANA) as string }) as object,
				pairedItem: { item: 0 },
			},
			{
				json: {
					error: '[Item 1] Phone Number must be a phone number, such as +91 98765 43210',
					code: 'invalid-value',
					retryable: false,
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					error: expect.stringMatching(/^\[Item 2\] The API asks to slow down\. Set fewer items/) as string,
					code: 'rate-limited',
					status: 429,
					retryable: true,
					retryAfter: 120,
				},
				pairedItem: { item: 2 },
			},
		]);
	});

	test('leads failed items to the error output, facts included', async () => {
		const { outputs } = await api.run(CREATE, items, { onError: 'continueErrorOutput' });
		expect(outputs.map((output) => output.length)).toEqual([2, 1]);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			to: 'nobody',
			error: expect.stringMatching(/^\[Item 1\]/) as string,
			details: { code: 'invalid-value', retryable: false },
		});
	});

	test('without it, the item that failed is named', async () => {
		const { error, json } = await api.run(CREATE, items);
		expect(json).toEqual([]);
		expect(error?.context?.itemIndex).toBe(1);
	});

	test("tells WhatsApp's own number", async () => {
		await api.fault({ operation: 'createContact', ...whatsApp(131026, 'Message undeliverable') });
		const { json } = await api.run(CREATE, items.slice(0, 1), { onError: 'continueRegularOutput' });
		expect(json[0]).toMatchObject({ code: 'undeliverable', apiCode: 131026, retryable: false });
	});
});
