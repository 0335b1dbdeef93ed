import { resolve } from 'node:path';
import { findFontFiles } from './fonts';
import { readFont } from './font-file';
import { findLayout } from './layout-folder';
import { LayoutProcess } from './layout-process';
import { readLogo } from './logo';
import type { Company } from '../domain';
import type { DocumentRequest } from './protocol';
import type { Limits } from './layout-process';

export type { DocumentRequest } from './protocol';
export { DocumentError } from './document-error';

export interface RendererOptions {
	/** The folder that holds `invoice/` and other layouts. */
	layouts: string;
	/** Folders or files (.ttf, .otf); those named first are asked first. */
	fonts: string[];
	company: Company;
	/** Told of a document in which some characters are missing, because no font has them. */
	onMissing?: (missing: MissingCharacters) => void;
	limits?: Partial<Limits>;
}

export interface MissingCharacters {
	document: string;
	order: string;
	characters: string[];
	fix: string;
}

export interface DocumentRenderer {
	/** Starts the process that lays out; else the first document does. It takes 20 ms of this thread, and 45 MB until that document. */
	start(): void;
	/** The PDF. Rejects with a DocumentError that names the layout's file and line and what to do. */
	render(request: DocumentRequest): Promise<Uint8Array>;
	close(): void;
}

/** Checks layouts, fonts and logo, and throws with what to do; the process behind it starts with the first document. */
export function createRenderer({ layouts, fonts, company, onMissing, limits }: RendererOptions): DocumentRenderer {
	const folder = resolve(layouts);
	findLayout(folder, 'invoice');
	const fontFiles = findFontFiles(fonts);
	fontFiles.forEach(readFont);
	if (company.logo !== undefined) readLogo(company.logo);
	const process = new LayoutProcess(
		{ layouts: folder, fontFiles, company },
		{ milliseconds: 20_000, bytes: 600_000_000, mostBytes: 1_000_000_000, ...limits },
	);
	return {
		start: () => {
			process.start();
		},
		async render(request) {
			const { pdf, missing } = await process.render(request);
			if (missing.length > 0) {
				const fix = `Add a font that has them (.ttf or .otf) to one of: ${fonts.join(', ')}.`;
				onMissing?.({ document: request.document, order: request.order.name, characters: missing, fix });
			}
			return pdf;
		},
		close: () => process.close(),
	};
}
