import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { ANA, openSandbox, templateMessage, templateSeed, type OpenSandbox } from './client';
import { file, serveFiles } from './file-server';
import { smallPdf } from './small-pdf';

let sandbox: OpenSandbox;
let files: Awaited<ReturnType<typeof serveFiles>>;
let browser: Browser;
let page: Page;
const problems: string[] = [];

// The first run on a bare machine may have to install Chromium.
beforeAll(async () => {
	browser = await launchChromium();
	sandbox = await openSandbox({ deliveryMs: { delivered: 1_000, read: 60_000 } });
	files = await serveFiles({ '/invoice.pdf': file('application/pdf', smallPdf(2)) });
	page = await browser.newPage();
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
	page.on('request', (request) => {
		const { protocol, origin } = new URL(request.url());
		if (protocol.startsWith('http') && origin !== sandbox.url) problems.push(`left the sandbox: ${request.url()}`);
	});
}, 180_000);
afterAll(async () => {
	await browser.close();
	await sandbox.close();
	await files.close();
});
beforeEach(async () => {
	// Left first: a page still fetching a PDF would get 404 from the reset, and that counted against the next test.
	await page.goto('about:blank');
	await sandbox.control('POST', 'reset');
	problems.length = 0;
	await page.goto(sandbox.url);
});
afterEach(() => expect(problems).toEqual([]));

const invoice = async (fields: Record<string, unknown> = {}): Promise<void> => {
	const buttons = [
		{ type: 'quick_reply', text: 'Confirm' },
		{ type: 'website', text: 'Track', website_url: 'https://acme.example/t' },
	];
	const body = 'Hello *{{1}}*, the invoice for _{{2}}_ is attached.';
	await sandbox.control(
		'POST',
		'templates',
		templateSeed({ header_media_type: 'document', message_body: body, buttons }),
	);
	const { status } = await sandbox.send(templateMessage({ mediaUrl: `${files.url}/invoice.pdf`, ...fields }));
	expect(status).toBe(200);
};

/** What the page itself says; tests are compiled without the browser's types. */
const colourOf = (shown: Locator): Promise<string> =>
	shown.evaluate((node) => {
		const { getComputedStyle } = globalThis as unknown as { getComputedStyle(of: unknown): { color: string } };
		return getComputedStyle(node).color;
	});

test('an empty phone tells how to send a first message', async () => {
	await page.getByText('No messages yet').waitFor();
	expect(await page.locator('#empty-command').textContent()).toContain(`curl ${sandbox.url}/api/whatsapp/send`);
});

test('a template with a PDF header shows its bubble, file card and first page', async () => {
	await invoice();
	const message = page.locator('.message.outgoing');
	await message.waitFor();
	expect(await message.locator('.text strong').textContent()).toBe('Ana');
	expect(await message.locator('.text em').textContent()).toBe('#1042');
	expect(await message.locator('.file .name').textContent()).toBe('invoice.pdf');
	await message.getByText(/^2 pages · \d+ B · PDF$/).waitFor();
	const dark = await message.locator('.paper canvas').evaluate((node) => {
		// The page's own type: tests are compiled without the browser's.
		const canvas = node as unknown as {
			width: number;
			height: number;
			getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } };
		};
		const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
		return data.filter((value, index) => index % 4 === 0 && value < 100).length / (data.length / 4);
	});
	// The block of the page is 515 × 100 of 595 × 842 points: about a tenth.
	expect(dark).toBeGreaterThan(0.08);
	expect(dark).toBeLessThan(0.2);
	expect(await message.locator('.buttons a').getAttribute('href')).toBe('https://acme.example/t');
});

test('the ticks turn from one to two to blue', async () => {
	await invoice();
	const ticks = page.locator('.message .ticks');
	await page.locator('.message .ticks.sent').waitFor();
	expect(await ticks.locator('path').count()).toBe(1);
	await sandbox.control('POST', 'clock', { advanceMs: 1_000 });
	await page.locator('.message .ticks.delivered').waitFor();
	const grey = await colourOf(ticks);
	expect(await ticks.locator('path').count()).toBe(2);
	await sandbox.control('POST', 'clock', { advanceMs: 60_000 });
	await page.locator('.message .ticks.read').waitFor();
	const blue = await colourOf(ticks);
	expect([grey === blue, blue]).toEqual([false, 'rgb(52, 183, 241)']);
});

test('a tapped button and a typed reply come in as messages, and open the window', async () => {
	await invoice();
	await page.getByRole('button', { name: 'Confirm' }).click();
	const tapped = page.locator('.message:not(.outgoing)');
	await tapped.waitFor();
	expect(await tapped.locator('.text').textContent()).toBe('Confirm');
	expect(await tapped.locator('.quote').textContent()).toContain('the invoice for #1042');
	await page.getByLabel('Reply as this person').fill('Thank you');
	await page.keyboard.press('Enter');
	await page.locator('.message:not(.outgoing)').nth(1).waitFor();
	expect((await sandbox.list('messages')).slice(1)).toMatchObject([
		{ direction: 'incoming', messageType: 'button', message: 'Confirm', contact_no: ANA },
		{ direction: 'incoming', messageType: 'text', message: 'Thank you' },
	]);
});

test('markup in a message stays text', async () => {
	await invoice({ templateVariables: { '1': '<img src=x onerror=alert(1)>', '2': '<b>x</b>' } });
	const text = page.locator('.message .text');
	await text.waitFor();
	expect(await text.textContent()).toContain('<img src=x onerror=alert(1)>');
	expect(await page.locator('.message img, .message b').count()).toBe(0);
});

test('Arabic runs from the right', async () => {
	await sandbox.control(
		'POST',
		'templates',
		templateSeed({ language: 'ar', message_body: 'مرحبًا {{1}}، طلبك {{2}} في الطريق.' }),
	);
	await sandbox.send(templateMessage({ languageCode: 'ar' }));
	const text = page.locator('.message .text');
	await text.waitFor();
	expect(await page.locator('.message .text:dir(rtl)').count()).toBe(1);
});

test('on a narrow screen the list leads to the chat and back', async () => {
	await page.setViewportSize({ width: 390, height: 780 });
	await invoice();
	await page.locator('.entry').click();
	await page.locator('.message').waitFor();
	expect(await page.locator('.entry').isVisible()).toBe(false);
	expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
	await page.getByLabel('Back to the chats').click();
	await page.locator('.entry').waitFor();
	await page.setViewportSize({ width: 1280, height: 720 });
});

test('a campaign with cards shows its pictures, offer and code, and a card can be answered', async () => {
	await sandbox.control('POST', 'demo', {});
	const campaign = {
		name: 'June',
		waba_id: '665f1c2ab7d1c8a5f0e41001',
		recipient_type: 'specific_contacts',
		contact_numbers: [ANA],
		variables_mapping: { '1': 'Ana', '2': 'June' },
	};
	await sandbox.api('POST', '/api/campaigns', { ...campaign, template_name: 'lamp_cards' });
	await page.getByText('Dear Ana, two favourites of June.').first().waitFor();
	await page.locator('.entry', { hasText: 'Ravi Kumar' }).click();
	const cards = page.locator('.message.outgoing .card');
	await cards.first().waitFor();
	const shown = await cards.locator('img').evaluateAll((nodes) =>
		Promise.all(
			nodes.map(async (node) => {
				const image = node as unknown as { decode(): Promise<void>; naturalWidth: number };
				await image.decode();
				return image.naturalWidth;
			}),
		),
	);
	expect(shown).toEqual([640, 640]);
	await page.getByRole('button', { name: 'I want the floor lamp' }).click();
	await page.locator('.message:not(.outgoing) .text').waitFor();
	expect((await sandbox.list('messages')).at(-1)).toMatchObject({
		messageType: 'button',
		message: 'I want the floor lamp',
	});
	const offer = { template_name: 'sale_offer', coupon_code: 'JUNE15', offer_expiration_minutes: 120 };
	await sandbox.api('POST', '/api/campaigns', { ...campaign, ...offer });
	await page.locator('.offer', { hasText: '15% off' }).locator('time').waitFor();
	expect(await page.getByRole('button', { name: 'Copy code' }).getAttribute('title')).toBe('JUNE15');
});

test('a person writes first: a login waits with its text filled in', async () => {
	const headers = { 'x-api-key': 'sandbox-login-key' };
	const { body } = await sandbox.call(
		'POST',
		'/v1/auth/whatsapp/start',
		{ phone_number_id: '106540352242923' },
		headers,
	);
	await page.getByRole('link', { name: 'Write as a person' }).last().click();
	await page.getByText('A login waits for this text.').waitFor();
	await page.getByLabel('Name on WhatsApp').fill('Ana Lima');
	await page.getByRole('button', { name: 'Send', exact: true }).click();
	await page.locator('.message:not(.outgoing) .text', { hasText: 'LOGIN' }).waitFor();
	expect(await page.locator('#chat-number').textContent()).toContain('Acme US');
	const status = await sandbox.call('GET', `/v1/auth/whatsapp/status/${String(body['sessionId'])}`, undefined, headers);
	expect(status.body).toMatchObject({ status: 'verified' });
});
