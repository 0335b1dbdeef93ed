import type { INodeExecutionData } from 'n8n-workflow';
import { applies, buildRequest, OPERATIONS, type Operation, type Values } from '../../catalog';
import { layoutOf } from '../../nodes/Messlo/description/layout';
import type { RequestRecord } from '../../sandbox/src/journal';
import { type Sandbox, startSandbox } from '../../sandbox/src/sandbox';
import { everything, onlyRequired } from '../catalog/examples';
import { control } from '../support/sandbox-control';
import { parametersOf } from './support/parameters-of';
import { runNode } from './support/run-node';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const file = (name: string) => ({
	data: Buffer.from(`contents of ${name}`).toString('base64'),
	mimeType: 'image/png',
	fileName: `${name}.png`,
});
const ITEM: INodeExecutionData = {
	json: {},
	binary: { data: file('data'), data0: file('data0'), data1: file('data1') },
};

/** What the node asked the API, after what it may have looked up before. */
async function asked(row: Operation, values: Values): Promise<RequestRecord> {
	await control(sandbox, 'reset', {});
	const extra = row.stream ? { timeout: 5 } : {};
	const run = await runNode(sandbox, { ...parametersOf(row, values), ...extra }, [ITEM]);
	const requests = await control<RequestRecord[]>(sandbox, 'requests');
	const request = requests.find(({ operationId }) => operationId === row.contract.operationId);
	if (!request) throw run.error ?? new Error('The node asked nothing.');
	return request;
}

/** A choice that stands on the form is sent as it is, even where nobody touched it. */
const shownDefaults = (row: Operation, values: Values): Values =>
	Object.fromEntries(
		layoutOf(row)
			.direct.filter((field) => field.default !== undefined && applies(field, row.fields, values))
			.map((field) => [field.name, field.default]),
	);

describe.each(OPERATIONS.map((row) => [row.id, row] as const))('%s', (_, row) => {
	test.each([
		['all fields filled in', everything],
		['only the required ones', onlyRequired],
	])('with %s, asks what the contract allows', async (_, valuesOf) => {
		const values = valuesOf(row);
		const { operationId, variant, contract, path, query, body } = await asked(row, values);

		expect({ operationId, ...(row.contract.variant === undefined ? {} : { variant }) }).toEqual(row.contract);
		expect(contract.problems).toEqual([]);
		const expected = buildRequest(row, { ...shownDefaults(row, values), ...values });
		expect(path).toBe(decodeURI(new URL(expected.path, sandbox.url).pathname));
		if (expected.body) expect(body).toEqual(expected.body);
		for (const [name, value] of new URL(expected.path, sandbox.url).searchParams)
			if (name !== 'page' && name !== 'limit') expect(String(query[name])).toBe(value);
	});
});
