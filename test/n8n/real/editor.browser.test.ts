import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium';
import { control, takenBy } from '../../support/sandbox-control';
import { N8nSession } from '../support/n8n-session.ts';
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

const ORDER = { phone: '+1 202-555-0143', name: 'Ana', order: 'A-1042' };

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

test('a template is picked from a list that is searched, and sent', async () => {
	const form = await openForm({
		resource: 'message',
		operation: 'sendTemplate',
		contact_no: '={{ $json.phone }}',
		whatsapp_phone_number: { __rl: true, mode: 'list', value: '911234567890', cachedResultName: '+91 12345 67890' },
		templateName: { __rl: true, mode: 'list', value: '' },
		additionalFields: {
			templateVariables: {
				pairs: [
					{ key: '1', value: '={{ $json.name }}' },
					{ key: '2', value: '={{ $json.order }}' },
				],
			},
		},
	});
	await form.locator('[data-test-id="parameter-input-templateName"] input').last().click();
	const choices = page.locator('[data-test-id="rlc-item"]');
	await choices.first().waitFor();
	const offered = await choices.allInnerTexts();
	expect(offered).toContain('order_update (en_US, APPROVED)');
	// It waits for its approval.
	expect(offered.join()).not.toContain('price_change');
	await page.locator('[data-test-id="rlc-search"]').fill('update');
	await choices.filter({ hasText: 'order_update' }).click();

	const panel = page.locator('#app-modals');
	await panel.getByRole('button', { name: 'Execute step' }).first().click();
	const output = panel.locator('[data-test-id="output-panel"]');
	await output.getByText('1 item').waitFor();
	expect(await output.innerText()).not.toMatch(/problem|error/i);
	expect((await takenBy(sandbox)).at(-1)).toMatchObject({
		templateName: 'order_update',
		templateVariables: { '1': 'Ana', '2': 'A-1042' },
	});
	await page.getByRole('alert').waitFor({ state: 'hidden' });
	if (process.env['UPDATE_PICTURES'])
		await page.screenshot({ path: join(__dirname, '../../../docs/pictures/n8n-send-template.png') });
});
