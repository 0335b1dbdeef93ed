import rows from '../../../contract/documented-rows.json';
import { OPERATIONS } from '../../../catalog';
import type { RequestRecord } from '../../../sandbox/src/journal';
import { parametersOf } from '../../nodes/support/parameters-of';
import { control } from '../../support/sandbox-control';
import { rowValues } from '../support/row-values.ts';
import { chain, MANUAL, messlo } from '../support/workflow.ts';
import { world } from '../support/world.ts';

const { n8n, sandbox, credentials } = world();

/** Files for the rows that upload some. */
const PNG = {
	mimeType: 'image/png',
	fileName: 'lamp.png',
	data: Buffer.from('not really a picture').toString('base64'),
};
const start = { Start: [{ json: {}, binary: { data: PNG, data0: PNG, data1: PNG } }] };

beforeEach(() => control(sandbox, 'demo', {}));

test.each(rows.map(({ row, title, ...expected }) => [row, title, expected] as const))(
	'row %i of the developer page: %s',
	async (row, _title, { method, path, operationId, variant }) => {
		const operation = OPERATIONS.find((each) => each.rows.includes(row));
		if (!operation) throw new Error(`Row ${row} has no operation.`);
		const parameters = parametersOf(operation, rowValues(row, operation));
		const before = (await control<RequestRecord[]>(sandbox, 'requests')).length;

		const execution = await n8n.run({
			...chain(operation.id, MANUAL, messlo(parameters, credentials)),
			pinData: start,
		});

		const asked = (await control<RequestRecord[]>(sandbox, 'requests')).slice(before);
		const { error, runData } = execution.data.resultData;
		expect(error).toBeUndefined();
		expect(asked.flatMap(({ contract }) => contract.problems)).toEqual([]);
		const request = asked.find((each) => each.operationId === operationId && (each.variant ?? null) === variant);
		if (!request) throw new Error(`Asked was: ${asked.map((each) => `${each.method} ${each.path}`).join(', ')}`);
		expect(request.method).toBe(method);
		expect([200, 201]).toContain(request.status);
		const [route = '', query] = path.split('?');
		expect(request.path).toMatch(new RegExp(`^${route.replace(/[:{]\w+\}?/g, '[^/]+')}$`));
		expect(Object.keys(request.query)).toEqual(expect.arrayContaining([...new URLSearchParams(query).keys()]));
		const items = runData['Messlo']?.[0]?.data?.main?.[0] ?? [];
		expect(items.length).toBeGreaterThan(0);
		for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 0 });
	},
);
