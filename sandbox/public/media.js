import { directed, drawing, element } from './dom.js';

const MAX_PAPER_WIDTH = 680;
let library;

/** The picture, film, sound or file of a message; documents with their first page. */
export function mediaCard(media) {
	switch (media.kind) {
		case 'image':
			return link(media, Object.assign(element('img'), { src: media.href, alt: media.name }));
		case 'video':
			return element('div', 'media', Object.assign(element('video'), { src: media.href, controls: true }));
		case 'audio':
			return element('div', 'media', Object.assign(element('audio'), { src: media.href, controls: true }));
		default:
			return documentCard(media);
	}
}

function link(media, ...children) {
	const card = element('a', 'media', ...children);
	return Object.assign(card, { href: media.href, target: '_blank', rel: 'noopener', title: media.name });
}

function documentCard(media) {
	const extension = (media.name.split('.').pop() ?? media.type).toUpperCase();
	const facts = element('span', 'facts', `${sizeOf(media.size)} · ${extension}`);
	const file = element('span', 'file', fileIcon(), directed('span', 'name', media.name), facts);
	if (media.type !== 'application/pdf') return link(media, file);
	const paper = element('span', 'paper');
	paper.style.display = 'block';
	const card = link(media, paper, file);
	drawFirstPage(media.href, paper)
		.then((pages) => facts.prepend(`${pages} ${pages === 1 ? 'page' : 'pages'} · `))
		.catch((error) => {
			paper.remove();
			facts.prepend('cannot be shown · ');
			console.error(error);
		});
	return card;
}

async function drawFirstPage(href, paper) {
	library ??= import('/pdfjs/build/pdf.min.mjs').then((pdf) => {
		pdf.GlobalWorkerOptions.workerSrc = '/pdfjs/build/pdf.worker.min.mjs';
		return pdf;
	});
	const pdf = await library;
	const loading = pdf.getDocument({
		url: href,
		cMapUrl: '/pdfjs/cmaps/',
		cMapPacked: true,
		standardFontDataUrl: '/pdfjs/standard_fonts/',
		wasmUrl: '/pdfjs/wasm/',
		iccUrl: '/pdfjs/iccs/',
		isEvalSupported: false,
	});
	const file = await loading.promise;
	const page = await file.getPage(1);
	const viewport = page.getViewport({ scale: MAX_PAPER_WIDTH / page.getViewport({ scale: 1 }).width });
	const canvas = Object.assign(element('canvas'), { width: viewport.width, height: viewport.height });
	canvas.setAttribute('aria-label', 'First page');
	await page.render({ canvas, viewport }).promise;
	paper.replaceChildren(canvas);
	const pages = file.numPages;
	await loading.destroy();
	return pages;
}

function fileIcon() {
	const svg = drawing(
		'',
		'0 0 28 34',
		'M4 0h14l10 10v20a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z',
		'M18 0v8a2 2 0 0 0 2 2h8z',
	);
	const [sheet, corner] = svg.children;
	sheet.setAttribute('fill', '#e5484d');
	corner.setAttribute('fill', '#f5a3a5');
	const label = document.createElementNS(svg.namespaceURI, 'text');
	for (const [name, value] of Object.entries({
		x: 14,
		y: 25,
		'text-anchor': 'middle',
		'font-size': 9,
		'font-weight': 700,
		fill: '#fff',
	})) {
		label.setAttribute(name, value);
	}
	label.textContent = 'PDF';
	svg.append(label);
	return svg;
}

// WhatsApp counts a kilobyte as 1000 bytes.
function sizeOf(bytes) {
	if (bytes < 1000) return `${bytes} B`;
	return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
