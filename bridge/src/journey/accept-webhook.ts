import type { Accept, WebhookAnswer } from '../ingress/webhooks';
import type { Verify } from '../sources/source';
import { REPLIES } from './replies/delivery';
import type { MacThread } from '../sources/macs/mac-thread';
import type { Rooms } from './rooms';

function unknownSource(kind: string, id: string): WebhookAnswer {
	const detail = `There is no ${kind} source '${id}' in the configuration. The address is /webhooks/<kind>/<id of the source>.`;
	return { status: 404, body: { reason: 'unknown-source', detail } };
}

/** First half of the journey: verified, stored, answered. Nothing slow happens before the answer: Shopify waits five seconds. */
export function acceptWebhook(
	rooms: Pick<Rooms, 'sources' | 'store' | 'clock' | 'log' | 'metrics'>,
	onStored: () => void,
	/** A push said that this source has something to fetch. */
	onLook: (source: string) => void,
	/** Takes what people answer, at `/webhooks/messlo/replies`. */
	replies?: Verify,
	macs?: MacThread,
): Accept {
	const { sources, store, clock, log, metrics } = rooms;
	const ahead = new Map([...sources].map(([id, { secrets = [] }]) => [id, macs?.ahead(secrets)]));

	return async ({ kind, source: id, headers, body, receivedAt }) => {
		const source = sources.get(id);
		const isReply = kind === 'messlo' && id === 'replies';
		const ofSource = source && Object.hasOwn(source.doors, kind) ? source.doors[kind] : undefined;
		const verify = isReply ? replies : ofSource;
		if (!verify) return unknownSource(kind, id);
		const ready = isReply ? undefined : await ahead.get(id)?.(body);
		const verdict = verify({ headers, body, receivedAt, ...(ready ? { macs: ready } : {}) });
		const verifiedAt = clock.now();
		if (!verdict.ok) {
			metrics.webhooks.inc({ source: id, result: verdict.reason });
			log.warn({ stage: 'refused', source: id, status: verdict.status, reason: verdict.reason }, verdict.detail);
			const kept = 'delivery' in verdict && verdict.delivery;
			const stored = kept
				? await store.saveEvent(kept, { receivedAt, verifiedAt }, `${verdict.reason}: ${verdict.detail}`)
				: undefined;
			return {
				status: verdict.status,
				body: { reason: verdict.reason, detail: verdict.detail, ...(stored ? { event: stored.id } : {}) },
			};
		}
		if (!verdict.delivery) {
			metrics.webhooks.inc({ source: id, result: verdict.result });
			if (verdict.look) onLook(isReply ? REPLIES : id);
			return { status: 200, body: { received: verdict.result } };
		}
		const { id: event, duplicate } = await store.saveEvent(verdict.delivery, { receivedAt, verifiedAt });
		const [received, verified, stored] = [receivedAt.getTime(), verifiedAt.getTime(), clock.now().getTime()];
		metrics.webhooks.inc({ source: id, result: duplicate ? 'duplicate' : 'stored' });
		metrics.ack.observe((stored - received) / 1000);
		if (duplicate) log.info({ stage: 'duplicate', event, source: id, topic: verdict.delivery.topic });
		else {
			// New events are told when they are mapped: at level info, this line would cost a twentieth of all the work here.
			log.debug({ stage: 'stored', event, source: id, topic: verdict.delivery.topic, received, verified, stored });
			onStored();
		}
		return { status: 200, body: { event, duplicate } };
	};
}
