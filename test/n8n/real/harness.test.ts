import { control } from '../../support/sandbox-control';
import { chain, MANUAL } from '../support/workflow.ts';
import { world } from '../support/world.ts';

const { n8n, sandbox } = world();

test('n8n’s own HTTP Request node reaches the sandbox', async () => {
	const execution = await n8n.run(
		chain('Harness', MANUAL, {
			name: 'Call',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${sandbox.url}/api/whatsapp/connections`,
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'X-API-Key', value: 'sandbox-api-key' }] },
			},
		}),
	);
	expect(execution.data.resultData.error).toBeUndefined();
	expect(execution.data.resultData.runData['Call']?.[0]?.data?.main?.[0]?.[0]?.json).toMatchObject({ success: true });
	expect((await control<unknown[]>(sandbox, 'requests')).at(-1)).toMatchObject({
		operationId: 'listConnections',
		status: 200,
	});
});
