import type { Plan } from '../mapping/plan';
import type { StoredEvent } from '../store/store';

/** Header of a delivery that never came as a webhook and was found by asking the shop: `send` or `ask`. */
export const MISSED_HEADER = 'messlo-missed';

/** `reconcile.missed: ask`: a person decides whether a message that late still goes out. A replay is that decision. */
export function heldAsMissed(
	plan: Plan,
	{ headers, receivedAt }: Pick<StoredEvent, 'headers' | 'receivedAt'>,
	replay: boolean,
): Plan {
	if (plan.kind !== 'planned' || replay || headers[MISSED_HEADER] !== 'ask') return plan;
	const found = receivedAt.toISOString().slice(0, 16).replace('T', ' ');
	const reason = `the shop's webhook for this never came; it was found by asking the shop at ${found} UTC. Replay it to send it now, or cancel it`;
	return { kind: 'held', reason, draft: plan.message };
}
