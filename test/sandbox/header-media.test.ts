import { openSandbox, templateMessage, templateSeed, textMessage, ANA, type OpenSandbox } from './client';
import { file, serveFiles } from './file-server';
import { smallPdf } from './small-pdf';

let sandbox: OpenSandbox;
let files: Awaited<ReturnType<typeof serveFiles>>;
const pdf = smallPdf();

beforeAll(async () => {
	sandbox = await openSandbox();
	files = await serveFiles({
		'/token.pdf': file('application/pdf', pdf, { 'content-disposition': 'attachment; filename="Invoice 1042.pdf"' }),
		'/plain.pdf': file('application/pdf; charset=binary', pdf),
		'/page.pdf': file('text/html', '<p>Please log in'),
		'/empty.pdf': file('application/pdf', ''),
		'/moved.pdf': (_request, response) => response.writeHead(302, { location: '/plain.pdf' }).end(),
		'/huge.png': (_request, response) =>
			response.writeHead(200, { 'content-type': 'image/png', 'content-length': 6_000_000 }).write('x'),
		'/endless.png': (_request, response) => {
			response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(5 * 1024 * 1024 + 1));
		},
		'/never.pdf': () => undefined,
		'/tea.pdf': (_request, response) => response.writeHead(418).end(),
		'/a.png': file('image/png', 'png'),
		'/b.mp4': file('video/mp4', 'mp4'),
	});
});
afterAll(async () => {
	await sandbox.close();
	await files.close();
});
beforeEach(async () => {
	await sandbox.control('POST', 'reset');
	await sandbox.control('POST', 'templates', [
		templateSeed({ header_media_type: 'document' }),
		templateSeed({ name: 'picture', header_media_type: 'image' }),
	]);
});

const sendWith = (path: string, templateName = 'order_update') =>
	sandbox.send(templateMessage({ templateName, mediaUrl: files.url + path }));

test('the file is fetched when the message is sent, and kept with it', async () => {
	expect((await sendWith('/token.pdf')).status).toBe(200);
	const [message] = await sandbox.list('messages');
	expect(message?.['media']).toMatchObject({ kind: 'document', name: 'Invoice 1042.pdf', size: pdf.length });
	expect(files.asked.filter((path) => path === '/token.pdf')).toHaveLength(1);
	const kept = await fetch(`${sandbox.url}/__sandbox/messages/${String(message?.['_id'])}/media`);
	expect(Buffer.from(await kept.arrayBuffer())).toEqual(pdf);
});

test.each(['/plain.pdf', '/moved.pdf'])('%s is taken under the name at the end of its address', async (path) => {
	expect((await sendWith(path)).status).toBe(200);
	expect(await sandbox.list('messages')).toMatchObject([{ media: { name: 'plain.pdf' } }]);
});

test.each([
	['/missing.pdf', 'order_update', 'answered 404, expected 200'],
	['/tea.pdf', 'order_update', 'answered 418'],
	['/page.pdf', 'order_update', "has content-type 'text/html', expected application/pdf for document"],
	['/empty.pdf', 'order_update', 'is empty'],
	['/plain.pdf', 'picture', 'expected image/jpeg or image/png for image'],
	['/huge.png', 'picture', 'is larger than 5 MB'],
	['/endless.png', 'picture', 'is larger than 5 MB'],
])('%s as header of %s is refused', async (path, template, reason) => {
	const { status, body } = await sendWith(path, template);
	expect([status, body['error']]).toMatchObject([400, { code: 131053 }]);
	expect(body['message']).toContain(reason);
	expect(await sandbox.list('messages')).toEqual([]);
});

test('a host that does not answer in time is refused', async () => {
	const hasty = await openSandbox({ mediaTimeoutMs: 60 });
	await hasty.control('POST', 'templates', templateSeed({ header_media_type: 'document' }));
	const { body } = await hasty.send(templateMessage({ mediaUrl: `${files.url}/never.pdf` }));
	await hasty.close();
	expect(body['message']).toContain('(#131053)');
	expect(body['message']).toContain('did not answer within 60 ms');
});

test('a host that refuses the connection is named', async () => {
	const { body } = await sandbox.send(templateMessage({ mediaUrl: 'http://127.0.0.1:1/a.pdf' }));
	expect(body['message']).toMatch(
		/^\(#131053\) Media upload error: http:\/\/127\.0\.0\.1:1\/a\.pdf could not be fetched/,
	);
});

test('several files of one request become messages in their order', async () => {
	await sandbox.control('POST', 'inbound', { contact_no: ANA, message: 'Photos?' });
	const mediaUrls = [`${files.url}/a.png`, `${files.url}/b.mp4`];
	const { messageType: _, ...body } = textMessage({ mediaUrls });
	expect((await sandbox.send(body)).status).toBe(200);
	const kinds = (await sandbox.list('messages')).map(({ messageType }) => messageType);
	expect(kinds).toEqual(['text', 'image', 'video']);
});

test('an address can be tried before it is used', async () => {
	const check = (path: string) =>
		sandbox.api('POST', '/api/template/validate-media-url', { url: files.url + path, media_type: 'document' });
	expect((await check('/plain.pdf')).body).toEqual({ success: true, reachable: true });
	expect((await check('/missing.pdf')).body).toMatchObject({ success: true, reachable: false });
});
