import { readMapping } from '../../../bridge/src/mapping/read-mapping';
import type { Mapping } from '../../../bridge/src/mapping/mapping';
import type { PlanContext, PlanSettings } from '../../../bridge/src/mapping/plan';
import { formatProblems } from '../../../bridge/src/problem';
import { buildOrder } from '../../support/order';

export const SETTINGS: PlanSettings = { country: 'IN', timezone: 'Asia/Kolkata' };

/** A new order of the shop acme, a second after it was placed. */
export function contextOf(
	overrides: Partial<Omit<PlanContext, 'event'>> & { event?: Partial<PlanContext['event']> } = {},
): PlanContext {
	const order = 'order' in overrides ? overrides.order : buildOrder();
	return {
		shop: { id: 'acme', name: 'Kaveri Handlooms', domain: 'acme.myshopify.com' },
		payload: {},
		now: new Date('2026-11-20T08:35:12Z'),
		...overrides,
		...(order ? { order } : {}),
		event: {
			id: 'evt-1',
			name: 'order.created',
			source: 'acme',
			sourceKind: 'shopify',
			occurredAt: '2026-11-20T08:35:11Z',
			...overrides.event,
		},
	};
}

/** A mapping of these lines; by default it answers new orders with their name. */
export function mappingOf(
	lines = '',
	head = 'on: order.created\ntemplate: hello\nvariables: { "1": "{{ order.name }}" }\n',
): Mapping {
	const reading = readMapping('hello.yaml', `${head}${lines}\n`);
	if (!reading.ok) throw new Error(formatProblems(reading.problems));
	return reading.mapping;
}
