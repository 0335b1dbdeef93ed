import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBridge, type TestBridgeOptions } from '../../support/bridge';
import { shopifyFixtureWith } from '../../support/shopify';

export const SENDER = '911234567890';
/** The sandbox's second number. */
export const OTHER_SENDER = '12025550100';

/** A bridge with a mapping for each word; an order's note says which word it is about. */
export class LanesBridge {
	private orders = 0;

	private constructor(
		readonly test: TestBridge,
		private readonly folder: string,
	) {}

	/** `lanes`: further keys of the mapping by its name; its template has the same name. */
	static async start(lanes: Record<string, string>, options: TestBridgeOptions = {}): Promise<LanesBridge> {
		const folder = mkdtempSync(join(tmpdir(), 'messlo-lanes-'));
		for (const [name, keys] of Object.entries(lanes))
			writeFileSync(
				join(folder, `${name}.yaml`),
				`on: order.created\nwhen: order.note == "${name}"\ntemplate: ${name}\nvariables: { '1': '{{ order.name }}' }\n${keys}\n`,
			);
		const test = await TestBridge.start({ messages: folder, templates: false, ...options });
		await test.control(
			'POST',
			'templates',
			Object.keys(lanes).map((name) => ({
				name,
				language: 'en_US',
				category: 'UTILITY',
				message_body: 'Order {{1}}.',
			})),
		);
		await test.drain();
		return new LanesBridge(test, folder);
	}

	async stop(): Promise<void> {
		await this.test.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** So many orders come in, each of another person unless told otherwise. */
	async order(lane: string, count = 1, person?: number): Promise<void> {
		for (let made = 0; made < count; made += 1) {
			this.orders += 1;
			const phone = String(9_876_500_000 + (person ?? this.orders));
			await this.test.post(
				shopifyFixtureWith('orders-create.in-phone-only-in-shipping', {
					id: this.orders,
					name: `#${this.orders}`,
					note: lane,
					phone: null,
					shipping_address: { phone, country_code: 'IN', first_name: 'Asha' },
				}),
			);
		}
	}

	fault(...faults: object[]): Promise<unknown> {
		const all = faults.map((each) => ({ operation: 'sendMessage', times: 'always', ...each }));
		return this.test.control('POST', 'faults', all);
	}

	mended(): Promise<unknown> {
		return this.test.control('DELETE', 'faults');
	}

	/** How many messages of each template the API took. */
	async taken(): Promise<Record<string, number>> {
		const taken = await this.test.taken();
		return Object.fromEntries(
			Object.entries(Object.groupBy(taken, ({ templateName = '' }) => templateName)).map(([name, all]) => [
				name,
				all?.length ?? 0,
			]),
		);
	}

	async sends(): Promise<number> {
		return (await this.test.control<unknown[]>('GET', 'requests?operation=sendMessage')).length;
	}

	/** What /metrics shows of the senders. */
	async stopped(): Promise<Record<string, number>> {
		const text = await (await fetch(`${this.test.bridge.url}/metrics`)).text();
		const lines = text.matchAll(/^messlo_bridge_sender_stopped\{sender="(.+)"\} (\d)$/gm);
		return Object.fromEntries([...lines].map(([, sender = '', value]) => [sender, Number(value)]));
	}
}
