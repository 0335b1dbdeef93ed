import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium';
import { control, takenBy } from '../../support/sandbox-control';
import { N8nSession } from '../support/n8n-session.ts';
import { ask } from '../support/pickers.ts';
import { chain, MANUAL, messlo } from '../support/workflow.ts';
import { world } from '../support/world.ts';

const { n8n, sandbox, credentials } = world();
let browser: Browser;
let page: Page;

// The first run on a bare machine may have to install Chromium.
beforeAll(async () => {
	await control(sandbox, 'demo', {});
	browser = await launchChromium();
	page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
	await page.goto(`${n8n.url}/signin`);
	const { email, password } = N8nSession.owner;
	await page.fill('input[type=email]', email);
	await page.fill('input[type=password]', password);
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => !url.pathname.includes('signin'));
}, 180_000);
afterAll(() => browser.close());

const ORDER = {
	phone: '+1 202-555-0143',
	name: 'Ana',
	order: 'A-1042',
	invoice: 'https://cdn.example.com/invoices/a-1042.pdf',
};

/** Opens the form of the Messlo node as a person does: a double click on the canvas. */
async function openForm(parameters: Record<string, unknown>): Promise<Locator> {
	const workflow = chain('Order confirmation', MANUAL, messlo(parameters, credentials));
	const { id } = await n8n.createWorkflow({ ...workflow, pinData: { Start: [{ json: ORDER }] } });
	await page.goto(`${n8n.url}/workflow/${id}`);
	const node = page.locator('[data-test-id="canvas-node"]').filter({ hasText: 'Messlo' });
	await node.waitFor();
	await node.dblclick();
	const form = page.locator('[data-test-id="node-parameters"]');
	await form.waitFor();
	return form;
}

const SEND = {
	resource: 'message',
	operation: 'sendTemplate',
	contact_no: '={{ $json.phone }}',
	whatsapp_phone_number: { __rl: true, mode: 'list', value: '911234567890', cachedResultName: '+91 12345 67890' },
};
const LABELS = ['PDF header (public URL)', 'Hello {{1}}, the invoice', '…for order {{2}} is attached.'];

test('a template is picked from a list that is searched, and brings a field for each of its values', async () => {
	const form = await openForm({ ...SEND, template: { __rl: true, mode: 'list', value: '' } });
	await form.getByText('Choose a template to see its variables').waitFor();
	await form.locator('[data-test-id="parameter-input-template"] input').last().click();
	const choices = page.locator('[data-test-id="rlc-item"]');
	await choices.first().waitFor();
	const offered = await choices.allInnerTexts();
	expect(offered).toContain('order_update · English (en_US) · approved');
	// It waits for its approval.
	expect(offered.join()).not.toContain('price_change');
	await page.locator('[data-test-id="rlc-search"]').fill('invoice');
	await choices.filter({ hasText: 'order_invoice' }).click();
	for (const label of LABELS) await form.getByText(label).waitFor();
});

test('the form filled in is sent, and shown in the README', async () => {
	const template = (await ask(n8n, { method: 'searchTemplates', parameters: SEND, credentials, filter: 'invoice' }))
		.results[0];
	const form = await openForm({
		...SEND,
		template: { __rl: true, mode: 'list', value: template?.value, cachedResultName: template?.name },
		variables: {
			mappingMode: 'defineBelow',
			value: {
				mediaUrl: '={{ $json.invoice }}',
				1: '={{ $json.name }}',
				2: '={{ $json.order }}',
			},
		},
	});
	for (const label of LABELS) await form.getByText(label).waitFor();
	const panel = page.locator('#app-modals');
	await panel.getByRole('button', { name: 'Execute step' }).first().click();
	const output = panel.locator('[data-test-id="output-panel"]');
	await output.getByText('1 item').waitFor();
	expect(await output.innerText()).not.toMatch(/problem|error/i);
	expect((await takenBy(sandbox)).at(-1)).toMatchObject({
		templateName: 'order_invoice',
		templateVariables: { '1': 'Ana', '2': 'A-1042' },
	});
	await page.getByRole('alert').waitFor({ state: 'hidden' });
	if (process.env['UPDATE_PICTURES'])
		await page.screenshot({ path: join(__dirname, '../../../docs/pictures/n8n-send-template.png') });
});
