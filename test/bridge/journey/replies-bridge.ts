import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBridge } from '../../support/bridge';
import { shopifyFixtureWith } from '../../support/shopify';

/** The buyer of orders-create.in-cod-optin. */
export const BUYER = '919876543210';
export const SECRET = 'flow-secret-of-tests';
/** A mapping of the tests: one message for each tap that says yes. */
const ON_YES = `
on: reply.button
when: reply.button == 'Yes, send it'
template: cod_thanks
variables: { '1': '{{ order.name }}', '2': '{{ reply.to.mapping }}' }
`;

export interface SandboxMessage {
	_id: string;
	wa_message_id: string;
	direction: string;
	templateName?: string;
	templateVariables?: Record<string, string>;
}
export interface AdminEvent {
	id: string;
	source: string;
	topic: string;
	state: string;
	order: string | null;
	reason: string | null;
	duplicates: number;
}

/** A bridge with the shipped mappings about cash on delivery and carts, and one on `reply.button`, and what its buyer does. */
export class RepliesBridge {
	private constructor(
		readonly bridge: TestBridge,
		private readonly folder: string,
	) {}

	static async start(yaml = `replies: { secret: ${SECRET} }`): Promise<RepliesBridge> {
		const messages = mkdtempSync(join(tmpdir(), 'messlo-replies-'));
		const shipped = join(__dirname, '../../../templates/messages');
		for (const name of readdirSync(shipped))
			if (/^(cod|abandoned)/.test(name)) cpSync(join(shipped, name), join(messages, name));
		writeFileSync(join(messages, 'cod-thanks.yaml'), ON_YES);
		const bridge = await TestBridge.start({ messages, yaml });
		await bridge.control('POST', 'templates', [
			{ name: 'cod_thanks', language: 'en_US', category: 'UTILITY', message_body: 'Order {{1}} it is ({{2}}).' },
		]);
		await bridge.drain();
		return new RepliesBridge(bridge, messages);
	}

	async stop(): Promise<void> {
		await this.bridge.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	async sent(): Promise<SandboxMessage[]> {
		const all = await this.bridge.control<SandboxMessage[]>('GET', 'messages');
		return all.filter(({ direction }) => direction === 'outgoing');
	}
	async templatesSent(): Promise<(string | undefined)[]> {
		return (await this.sent()).map(({ templateName }) => templateName);
	}
	/** How often this operation of the API was called. */
	async calls(operation: string): Promise<number> {
		return (await this.bridge.control<unknown[]>('GET', `requests?operation=${operation}`)).length;
	}

	writes(message: string, contact_no = BUYER): Promise<SandboxMessage> {
		return this.bridge.control('POST', 'inbound', { contact_no, message });
	}
	/** Taps on a button; `of`: the message under which it stands, as WhatsApp names it. */
	taps(text: string, of?: Pick<SandboxMessage, 'wa_message_id'>, contact_no = BUYER): Promise<SandboxMessage> {
		const named = of ? { message_id: of.wa_message_id } : {};
		return this.bridge.control('POST', 'inbound', { contact_no, button: { text, ...named } });
	}

	/** A cash-on-delivery order of the buyer, and the message that asks whether to send it. */
	async codOrder(id = 6310000001042): Promise<SandboxMessage> {
		await this.bridge.post(shopifyFixtureWith('orders-create.in-cod-optin', { id, name: `#${id % 10_000}` }));
		await this.bridge.drain();
		const message = (await this.sent()).findLast(({ templateName }) => templateName === 'cod_confirmation');
		if (!message) throw new Error('The buyer was not asked about the order');
		return message;
	}
	/** A cart that the buyer left: a marketing message an hour later. */
	async cart(id = 1): Promise<void> {
		const body = { id, token: `cart-${id}`, phone: `+${BUYER}` };
		await this.bridge.post(shopifyFixtureWith('checkouts-update.in-abandoned-optin', body), {
			topic: 'checkouts/update',
		});
		await this.bridge.drain();
	}

	async events(source: string): Promise<AdminEvent[]> {
		const path = `/events?source=${encodeURIComponent(source)}`;
		return (await this.bridge.admin<{ items: AdminEvent[] }>(path)).items;
	}
	async replies(): Promise<AdminEvent[]> {
		return (await this.events('acme')).filter(({ topic }) => topic === 'reply.button');
	}
	async suppressed(): Promise<{ phone: string; scope: string; reason: string }[]> {
		return (await this.bridge.admin<{ items: { phone: string; scope: string; reason: string }[] }>('/suppressions'))
			.items;
	}

	/** Posts as a flow's API node does. */
	async posts(
		body: object | string,
		headers: Record<string, string> = { 'x-bridge-secret': SECRET },
	): Promise<{ status: number; body: Record<string, unknown> }> {
		const answer = await fetch(`${this.bridge.bridge.url}/webhooks/messlo/replies`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
	}
}
