/**
 * The process that lays out documents. Nothing here may use syntax that is more than types: tests run it unbuilt,
 * by Node's own stripping of types.
 */
import { dirname, extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { families, missingCharacters } from './fonts';
import { readFont } from './font-file';
import { invoiceData } from './invoice-data';
import { findLayout } from './layout-folder';
import { readLogo } from './logo';
import { createTypesetter } from './typesetter';
import type { DocumentRequest, Question, Reply, Workshop } from './protocol';
import type { Typesetter } from './typesetter';

function openWorkshop({ layouts, fontFiles, company, mostBytes }: Workshop): (request: DocumentRequest) => Reply {
	watch(mostBytes);
	const fonts = fontFiles.map(readFont);
	const logo = company.logo === undefined ? undefined : readLogo(company.logo);
	const typesetters = new Map<string, Typesetter>();
	const typesetterOf = (document: string) => {
		const known = typesetters.get(document);
		if (known) return known;
		const made = createTypesetter(findLayout(layouts, document), fontFiles, logo);
		typesetters.set(document, made);
		return made;
	};
	return ({ document, order, language, documentNumber }) => {
		const data = invoiceData(order, company, language, documentNumber);
		const extras = { fonts: families(fonts, data.direction, data.language), ...(logo ? { logo: logo.name } : {}) };
		const pdf = typesetterOf(document).pdf({ ...data, ...extras }, new Date(order.createdAt));
		return {
			ok: true,
			pdf,
			missing: missingCharacters(JSON.stringify(data), fonts),
			memory: process.memoryUsage.rss(),
		};
	};
}

/** A watchdog that cannot be had ends this process: nothing is laid out without. */
function watch(mostBytes: number): void {
	const [, own = ''] = process.argv;
	const file = join(dirname(own), `watchdog${extname(own)}`);
	new Worker(file, {
		workerData: { mostBytes, parent: process.ppid },
		resourceLimits: { maxOldGenerationSizeMb: 16 },
	}).unref();
}

let workshop: Workshop | undefined;
let render: ReturnType<typeof openWorkshop> | undefined;

process.on('message', (question: Question) => {
	if (question.kind === 'open') workshop = question.workshop;
	else process.send?.(answer(question.request));
});
// The bridge is gone: so is the need for documents.
process.on('disconnect', () => process.exit());

function answer(request: DocumentRequest): Reply {
	try {
		if (!workshop) throw new Error('Asked for a document before being told of layouts and fonts.');
		render ??= openWorkshop(workshop);
		return render(request);
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : String(error) };
	}
}
