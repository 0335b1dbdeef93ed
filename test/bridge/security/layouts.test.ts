import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtBridge } from '../../support/built';
import { buildOrder } from '../../support/order';
import { readPdf } from '../../support/pdf';
import { closeRenderers, FONTS, LAYOUTS, testRenderer } from '../documents/rendering';

const root = mkdtempSync(join(tmpdir(), 'layouts-'));
const hostile = join(root, 'hostile');
const source = join(hostile, 'hostile.typ');
beforeAll(() => {
	cpSync(join(LAYOUTS, 'invoice'), join(root, 'invoice'), { recursive: true });
	mkdirSync(hostile);
	writeFileSync(join(root, 'outside.txt'), 'what is outside');
});
afterEach(closeRenderers);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const request = (document = 'hostile') => ({ document, order: buildOrder(), language: 'en' });

test('a layout that fills memory is given up, and the next document is made', async () => {
	const mostBytes = 400_000_000;
	writeFileSync(source, '#let x = ("x",) * 64\n#for i in range(40) { x = x + x }\n#x.len()');
	const renderer = testRenderer({ layouts: root, limits: { mostBytes } });
	await expect(renderer.render(request())).rejects.toMatchObject({
		fault: 'crash',
		message: expect.stringMatching(/SIGKILL.*fills memory/) as unknown,
	});
	expect((await renderer.render(request('invoice'))).length).toBeGreaterThan(1000);
});

test('a link out of the folder is refused with its name, one inside is followed', async () => {
	const link = join(hostile, 'link.txt');
	writeFileSync(source, '#read("link.txt")');
	symlinkSync('../outside.txt', link);
	const renderer = testRenderer({ layouts: root });
	await expect(renderer.render(request())).rejects.toThrow(`${link} is a link to what is outside`);
	rmSync(link);
	writeFileSync(join(hostile, 'inside.txt'), 'what is inside');
	symlinkSync('inside.txt', link);
	expect(readPdf(await renderer.render(request())).text).toContain('what is inside');
});

test('packages are not fetched, however they are named', async () => {
	for (const name of ['"@preview/cetz:0.2.2"', '("@pre" + "view/cetz:0.2.2")']) {
		writeFileSync(source, `#import ${name}: *`);
		await expect(testRenderer({ layouts: root }).render(request())).rejects.toThrow(
			/failed to download package.*packages\.typst\.org/,
		);
	}
	const environments = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
		.toString()
		.split('\n')
		.filter((row) => row.includes('documents/worker'))
		.map((row) => readFileSync(`/proc/${row.trim().split(/\s+/)[0]}/environ`, 'latin1'));
	expect(environments.length).toBeGreaterThan(0);
	for (const each of environments) expect(each).toContain('HTTPS_PROXY=http://127.0.0.1:1\0');
});

test('when the bridge is killed in the middle of a document, the process that makes it ends too', async () => {
	writeFileSync(source, '#let x = 0\n#for i in range(9000) { for j in range(9000) { x = calc.rem(x + i * j, 7) } }');
	const program = `
		const { createRenderer } = require(${JSON.stringify(builtBridge('documents/renderer.js'))});
		const renderer = createRenderer(${JSON.stringify({ layouts: root, fonts: [FONTS], company: { name: 'x' } })});
		renderer.render(${JSON.stringify(request())}).catch(() => undefined);
		setTimeout(() => console.log('under way'), 1500);`;
	const bridge = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
	await once(bridge.stdout, 'data');
	const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(bridge.pid)])
		.toString()
		.trim()
		.split('\n');
	const worker = Number(
		children
			.find((row) => row.includes('worker.js'))
			?.trim()
			.split(/\s+/)[0],
	);
	expect(isAlive(worker)).toBe(true);
	bridge.kill('SIGKILL');
	for (let n = 0; isAlive(worker) && n < 100; n += 1) await new Promise((wait) => setTimeout(wait, 50));
	expect(isAlive(worker)).toBe(false);
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
