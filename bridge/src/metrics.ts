import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import { mask } from './phone';

export type Metrics = ReturnType<typeof createMetrics>;

/** What /metrics shows, in Prometheus' text format. Labels hold configured names only, never a person's. */
export function createMetrics(
	counts: () => Promise<{ events: Record<string, number>; messages: Record<string, number> }>,
) {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const registers = [registry];
	new Gauge({
		name: 'messlo_bridge_ledger',
		help: 'Rows of the ledger by table and state.',
		labelNames: ['table', 'state'],
		registers,
		async collect() {
			const { events, messages } = await counts();
			this.reset();
			for (const [state, value] of Object.entries(events)) this.set({ table: 'events', state }, value);
			for (const [state, value] of Object.entries(messages)) this.set({ table: 'messages', state }, value);
		},
	});
	const stopped = new Gauge({
		name: 'messlo_bridge_sender_stopped',
		help: 'Senders, masked: 1 while nothing of one leaves, since the API refuses it, asks it to wait or cannot be reached; else 0.',
		labelNames: ['sender'],
		registers,
	});
	return {
		registry,
		showStopped: (senders: Record<string, { circuit: { open?: object } }>) => {
			stopped.reset();
			for (const [sender, { circuit }] of Object.entries(senders))
				stopped.inc({ sender: mask(sender) }, circuit.open ? 1 : 0);
		},
		webhooks: new Counter({
			name: 'messlo_bridge_webhooks_total',
			help: 'Webhooks by source and what they were answered: stored, duplicate or the reason of a refusal.',
			labelNames: ['source', 'result'],
			registers,
		}),
		ack: new Histogram({
			name: 'messlo_bridge_ack_seconds',
			help: 'From the first byte read to the answer ready, stored on disk.',
			buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
			registers,
		}),
		attempts: new Counter({
			name: 'messlo_bridge_attempts_total',
			help: 'Calls to the API for a message, by what they meant.',
			labelNames: ['outcome'],
			registers,
		}),
		documents: new Histogram({
			name: 'messlo_bridge_document_seconds',
			help: 'Time to render a document.',
			buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
			registers,
		}),
		endToEnd: new Histogram({
			name: 'messlo_bridge_sent_seconds',
			help: 'From the time a message was planned for to the API taking it.',
			buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600, 3600],
			registers,
		}),
	};
}
