import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTemplateBodies, loadDefinitions } from '../../../bridge/src/mapping/definitions';
import { createClient } from '../../../bridge/src/messlo/client';
import { createTemplate } from '../../../bridge/src/messlo/create-template';
import { TestBridge } from '../../support/bridge';
import { MINUTE, TestClock } from '../../support/clock';
import {
	type FakeWooCommerce,
	startFakeWooCommerce,
	WOO_KEY,
	WOO_KEY_SECRET,
} from '../../support/fake-woocommerce/fake-woocommerce';

export interface ConnectedShop {
	clock: TestClock;
	shop: FakeWooCommerce;
	bridge: TestBridge;
	/** "727 order_paid" for each message that the API took, oldest first. */
	taken(): Promise<string[]>;
	/** Time enough for the reconciler to look, and for what it leaves to the next look. */
	healed(): Promise<void>;
	stop(): Promise<void>;
}

/** A bridge and a fake shop that know each other: the bridge has a key, the shop its webhooks. */
export async function connectShop(keys = ''): Promise<ConnectedShop> {
	const clock = new TestClock();
	const messages = messagesWithoutInvoice();
	const shop = await startFakeWooCommerce({ clock });
	const bridge = await TestBridge.start({
		clock,
		messages,
		publicUrl: 'https://bridge.example.com',
		sources: [
			`{ id: boutique, kind: woocommerce, url: "${shop.url}", secrets: [wooSecret0123456789], consumerKey: ${WOO_KEY}, consumerSecret: ${WOO_KEY_SECRET}${keys} }`,
		],
	});
	const { definitions } = await loadDefinitions(messages);
	for (const definition of definitions.filter(({ template }) => template === RECEIVED))
		for (const body of createTemplateBodies(definition, { wabaId: WABA, headerSample: '' }))
			await createTemplate(createClient({ baseUrl: bridge.sandbox.url, apiKey: 'sandbox-api-key' }), { ...body });
	shop.webhooks.setTarget(bridge.bridge.url);
	await bridge.drain();
	return {
		clock,
		shop,
		bridge,
		taken: async () =>
			(await bridge.taken()).map(
				({ contact_no: phone = '', templateName }) => `${Number(phone.slice(-5))} ${templateName}`,
			),
		healed: async () => {
			await bridge.later(20 * MINUTE);
			await bridge.later(20 * MINUTE);
		},
		stop: async () => {
			await bridge.stop();
			await shop.close();
			rmSync(messages, { recursive: true, force: true });
		},
	};
}

const RECEIVED = 'order_received';
const WABA = '665f1c2ab7d1c8a5f0e41001';

/** The shipped mappings, but no invoice: the public address of this bridge leads nowhere, so that nobody could fetch one. */
function messagesWithoutInvoice(): string {
	const shipped = join(__dirname, '../../../templates/messages');
	const folder = mkdtempSync(join(tmpdir(), 'messlo-messages-'));
	cpSync(shipped, folder, { recursive: true });
	const change = (from: string, to: string, change: (text: string) => string) => {
		writeFileSync(join(folder, to), change(readFileSync(join(shipped, from), 'utf8')));
	};
	for (const file of ['order-confirmation.yaml', 'cod-confirmation.yaml'])
		change(file, file, (text) =>
			text.replace(/^template: .*$/m, `template: ${RECEIVED}`).replace(/^header:\n {2}document: invoice\n/m, ''),
		);
	change('order_paid.template.yaml', `${RECEIVED}.template.yaml`, (text) => text.replaceAll('order_paid', RECEIVED));
	return folder;
}
