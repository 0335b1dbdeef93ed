import { buildRequest, OPERATIONS, type Operation, type Values } from '../../catalog';
import { everything } from '../catalog/examples';
import { answerFaults } from '../support/contract';
import { openSandbox, type OpenSandbox } from './client';

let sandbox: OpenSandbox;
beforeAll(async () => (sandbox = await openSandbox()));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('POST', 'demo', {}));

/** What an example needs to be possible in an account that has the other examples already. */
const INSTEAD: Record<string, Values> = {
	// One template has no media header, the other has.
	'message.sendTemplateWithMedia': { templateName: 'order_invoice' },
	'contact.create': { phone_number: '+12025550188' },
	'contact.update': { phone_number: '+12025550143' },
	// Meta wants a sample for each variable, which this row does not take.
	'template.createSimple': { message_body: 'Your order is on its way.' },
	// A template has a text as its header, or media.
	'template.update': { header_text: undefined },
};
const valuesOf = (row: Operation): Values => ({
	...everything(row),
	...(row.id.startsWith('template.create') && { template_name: 'another_one' }),
	...INSTEAD[row.id],
});

/** The bytes of the form's files: what each field takes. */
const fileOf = ({ id }: Operation): File =>
	id === 'contactImport.create'
		? new File(['phone,name\n+12025550199,Lia'], 'people.csv', { type: 'text/csv' })
		: new File([Buffer.from('ffd8ffe0', 'hex')], 'lamp.jpg', { type: 'image/jpeg' });

async function call(row: Operation): Promise<{ status: number; body: unknown }> {
	const { method, path, body, form } = buildRequest(row, valuesOf(row));
	const parts = new FormData();
	for (const part of form ?? []) parts.append(part.name, 'file' in part ? fileOf(row) : part.value);
	const answer = await fetch(sandbox.url + path, {
		method,
		headers: {
			'x-api-key': row.key === 'loginApp' ? 'sandbox-login-key' : 'sandbox-api-key',
			...(body && { 'content-type': 'application/json' }),
		},
		...(body && { body: JSON.stringify(body) }),
		...(form && { body: parts }),
	});
	const text = await answer.text();
	return { status: answer.status, body: row.stream ? text : (JSON.parse(text) as unknown) };
}

test.each(OPERATIONS.map((row) => [row.id, row] as const))('%s is answered as the contract says', async (_, row) => {
	const { status, body } = await call(row);
	expect([status, status < 300 ? '' : body]).toEqual([200, '']);
	expect(answerFaults(row.contract.operationId, body)).toEqual([]);
	const requests = await sandbox.list('requests');
	expect(requests.at(-1)).toMatchObject({ ...row.contract, contract: { ok: true } });
});
