import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPdf } from '../../support/pdf';
import { buildOrder } from '../../support/order';
import { buildCompany } from './company';
import { closeRenderers, LAYOUTS, testRenderer } from './rendering';

const root = mkdtempSync(join(tmpdir(), 'layouts-'));
afterEach(closeRenderers);
afterAll(() => rmSync(root, { recursive: true, force: true }));

let copies = 0;
/** A folder of layouts: the invoice as shipped, and `broken` with the given source. */
function layoutsWith(source: string, name = 'broken'): { layouts: string; file: string } {
	const layouts = join(root, String(copies++));
	cpSync(join(LAYOUTS, 'invoice'), join(layouts, 'invoice'), { recursive: true });
	mkdirSync(join(layouts, name), { recursive: true });
	const file = join(layouts, name, `${name}.typ`);
	writeFileSync(file, source);
	return { layouts, file };
}
const request = (document: string) => ({ document, order: buildOrder(), language: 'en-IN' });

test('a copy of the invoice, changed, is a document of its own', async () => {
	const { layouts } = layoutsWith('');
	cpSync(join(LAYOUTS, 'invoice'), join(layouts, 'my-invoice'), { recursive: true });
	const labels = join(layouts, 'my-invoice', 'labels.json');
	writeFileSync(labels, readFileSync(labels, 'utf8').replace('"Tax invoice"', '"Bill of the house"'));
	const { text } = readPdf(await testRenderer({ layouts }).render(request('my-invoice')));
	expect(text).toContain('Bill of the house');
	expect(text).toContain('₹7,216.90');
});

test('a language that a merchant adds to labels.json is used', async () => {
	const { layouts } = layoutsWith('');
	const file = join(layouts, 'invoice', 'labels.json');
	writeFileSync(
		file,
		JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), sw: { taxInvoice: 'Ankara ya kodi' } }),
	);
	const { text } = readPdf(await testRenderer({ layouts }).render({ ...request('invoice'), language: 'sw' }));
	expect(text).toContain('Ankara ya kodi');
	expect(text).toContain('Subtotal');
});

test('a change is seen at the next document', async () => {
	const { layouts, file } = layoutsWith('#set page(width: 5cm)\nBefore');
	const renderer = testRenderer({ layouts });
	expect(readPdf(await renderer.render(request('broken'))).pages).toHaveLength(1);
	writeFileSync(file, 'One #pagebreak() Two');
	expect(readPdf(await renderer.render(request('broken'))).pages).toHaveLength(2);
});

test('an error names the file, the line and what to do, and the next document is made', async () => {
	const { layouts, file } = layoutsWith('Fine\n\n#let x = foo(1)\n');
	const renderer = testRenderer({ layouts });
	const error = await renderer.render(request('broken')).catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		fault: 'layout',
		message: expect.stringContaining(`${file}:3: unknown variable: foo`),
	});
	expect(error).toMatchObject({ message: expect.stringContaining('fix: ') });
	expect((await renderer.render(request('invoice'))).length).toBeGreaterThan(1000);
});

test('an error in a file that the layout imports names that file', async () => {
	const { layouts } = layoutsWith('#import "part.typ": total\n#total()');
	const part = join(layouts, 'broken', 'part.typ');
	writeFileSync(part, '#let total() = {\n  1 + "a"\n}\n');
	await expect(testRenderer({ layouts }).render(request('broken'))).rejects.toThrow(
		`${part}:2: cannot add integer and string`,
	);
});

test('an error does not repeat what the buyer typed', async () => {
	const { layouts } = layoutsWith('#let data = json(bytes(sys.inputs.data))\n#data.nothing');
	const error: unknown = await testRenderer({ layouts })
		.render(request('broken'))
		.catch((thrown: unknown) => thrown);
	expect(String(error)).not.toContain('98765');
});

test.each(['/etc/passwd', '../invoice/labels.json', '../../../../../../../../etc/passwd'])(
	'a layout cannot read %s',
	async (path) => {
		const { layouts } = layoutsWith(`#read("${path}")`);
		await expect(testRenderer({ layouts }).render(request('broken'))).rejects.toThrow(
			/broken\.typ:1: (file not found|failed to load file \(access denied\))/,
		);
	},
);

test('a layout sees nothing of the bridge’s environment', async () => {
	const { layouts } = layoutsWith('#sys.inputs.keys().join(" ")');
	expect(readPdf(await testRenderer({ layouts }).render(request('broken'))).text.trim()).toBe('data');
});

test('a layout that never ends is given up after the limit, and the next document is made', async () => {
	const { layouts, file } = layoutsWith(
		'#let x = 0\n#for i in range(9000) { for j in range(9000) { x = calc.rem(x + i * j, 7) } }',
	);
	const renderer = testRenderer({ layouts, limits: { milliseconds: 4000 } });
	await expect(renderer.render(request('broken'))).rejects.toMatchObject({
		fault: 'time-limit',
		message: expect.stringContaining('took longer than 4 s'),
	});
	writeFileSync(file, 'Mended');
	expect(readPdf(await renderer.render(request('broken'))).text).toContain('Mended');
});

test('a layout that breaks the process does not break the bridge', async () => {
	const { layouts } = layoutsWith('#' + '('.repeat(20_000));
	const renderer = testRenderer({ layouts });
	await expect(renderer.render(request('broken'))).rejects.toMatchObject({
		fault: 'crash',
		message: expect.stringContaining('SIG'),
	});
	expect((await renderer.render(request('invoice'))).length).toBeGreaterThan(1000);
});

test('a process that grew too large is replaced', async () => {
	const renderer = testRenderer({ limits: { bytes: 1 } });
	await renderer.render(request('invoice'));
	expect((await renderer.render(request('invoice'))).length).toBeGreaterThan(1000);
});

test('a document under way when the renderer closes is told so, and none is made after', async () => {
	const renderer = testRenderer();
	const underWay = renderer.render(request('invoice'));
	await new Promise(setImmediate);
	renderer.close();
	await expect(underWay).rejects.toMatchObject({ fault: 'closed' });
	await expect(renderer.render(request('invoice'))).rejects.toMatchObject({ fault: 'closed' });
});

test.each(['../invoice', 'a/b', '', '.'])('%j is not the name of a document', async (document) => {
	await expect(testRenderer().render(request(document))).rejects.toThrow('cannot be the name of a document');
});

test('an unknown document names the layouts that there are', async () => {
	await expect(testRenderer().render(request('receipt'))).rejects.toThrow('Layouts there are: invoice');
});

test('the logo stands in the invoice, from outside the layout’s folder', async () => {
	const logo = join(root, 'logo.svg');
	writeFileSync(
		logo,
		'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>x</text><rect width="9" height="9"/></svg>',
	);
	const [plain, withLogo] = await Promise.all(
		[buildCompany(), buildCompany({ logo })].map((company) => testRenderer({ company }).render(request('invoice'))),
	);
	expect(Buffer.from(withLogo ?? []).equals(Buffer.from(plain ?? []))).toBe(false);
});

test('a logo that is missing, or not a picture, is told at the start', () => {
	expect(() => testRenderer({ company: buildCompany({ logo: join(root, 'none.png') }) })).toThrow(
		'company.logo: cannot read',
	);
	const text = join(root, 'logo.png');
	writeFileSync(text, 'GIF89a');
	expect(() => testRenderer({ company: buildCompany({ logo: text }) })).toThrow('is not a PNG, JPEG or SVG');
});

test('fonts and layouts that are missing are told at the start', () => {
	expect(() => testRenderer({ fonts: [join(root, 'nowhere')] })).toThrow('There is no font file or folder');
	expect(() => testRenderer({ fonts: [join(LAYOUTS, 'invoice')] })).toThrow('System fonts are never used');
	expect(() => testRenderer({ fonts: [join(LAYOUTS, 'invoice', 'labels.json')] })).toThrow(
		'is not a TrueType or OpenType font',
	);
	expect(() => testRenderer({ layouts: join(root, 'nowhere') })).toThrow('does not exist');
});
