import type { PlanContext } from '../../../bridge/src/mapping/plan';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture, shopifyFixtureWith } from '../../support/shopify';

const ORDER = 'orders-create.in-phone-only-in-shipping';
let isMended = false;

// No payload that we know makes planning throw (ingress/fuzz.test.ts), so a bug is put in.
jest.mock<object>('../../../bridge/src/mapping/plan', () => {
	const real = jest.requireActual<typeof import('../../../bridge/src/mapping/plan')>(
		'../../../bridge/src/mapping/plan',
	);
	return {
		...real,
		planMessage: (...[mapping, context, settings]: Parameters<typeof real.planMessage>) => {
			if (!isMended && (context satisfies PlanContext).order?.name === '#poison') throw new TypeError('a bug of ours');
			return real.planMessage(mapping, context, settings);
		},
	};
});

test('an event on which the bridge itself fails keeps no other back, is told, and goes out when it is replayed', async () => {
	const bridge = await TestBridge.start();
	for (let id = 1; id <= 10; id += 1) await bridge.post(shopifyFixtureWith(ORDER, { id, name: '#poison' }));
	await bridge.post(shopifyFixture(ORDER));
	await bridge.drain();
	expect((await bridge.taken()).map(({ templateVariables }) => templateVariables?.['2'])).toEqual(['#1043']);
	expect(await bridge.admin('/events/evt_1')).toMatchObject({
		state: 'unreadable',
		order: '1',
		reason: expect.stringContaining('a fault of the bridge') as unknown,
	});
	expect(bridge.logLines.filter((line) => line.includes('a bug of ours'))).toHaveLength(10);
	isMended = true;
	await bridge.admin('/events/evt_1/replay', { method: 'POST' });
	await bridge.drain();
	expect((await bridge.taken()).map(({ templateVariables }) => templateVariables?.['2'])).toEqual(['#1043', '#poison']);
	await bridge.stop();
});
