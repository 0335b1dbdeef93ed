import type { Failure, Message, Recipient, Step } from '../records';
import { whatsAppText } from '../refusal';
import type { Settings } from '../world';

/** The steps that a message will take, and how it fails where the recipient is set to that. */
export function planDelivery(
	at: Date,
	deliveryMs: Settings['deliveryMs'],
	recipient: Recipient | undefined,
): { plan: Step[]; failure?: Failure } {
	const sent: Step = { status: 'sent', at };
	const later = (ms: number): Date => new Date(at.getTime() + ms);
	if (recipient?.behaviour === 'phone-off') return { plan: [sent] };
	if (recipient?.behaviour === 'fails-later') {
		const code = recipient.code ?? 131049;
		const failed: Step = { status: 'failed', at: later(deliveryMs.delivered) };
		return { plan: [sent, failed], failure: { code, message: whatsAppText(code) } };
	}
	const delivered: Step = { status: 'delivered', at: later(deliveryMs.delivered) };
	return { plan: [sent, delivered, { status: 'read', at: later(deliveryMs.read) }] };
}

/** The steps taken so far; never empty. */
export const historyAt = (message: Message, now: Date): Step[] =>
	message.plan.filter((step, index) => index === 0 || step.at.getTime() <= now.getTime());

/** The state of a message at this moment. */
export const statusAt = (message: Message, now: Date): Step['status'] =>
	historyAt(message, now).at(-1)?.status ?? 'sent';
