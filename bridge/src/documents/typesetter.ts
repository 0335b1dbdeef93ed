import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { layoutFault } from './layout-fault';
import { stampOf } from './layout-folder';
import type { LayoutFolder } from './layout-folder';
import type { Logo } from './logo';

export interface Typesetter {
	pdf(data: unknown, createdAt: Date): Uint8Array;
}

/** Lays out documents with one layout; a changed file of the layout is seen at the next document. */
export function createTypesetter({ folder, main }: LayoutFolder, fontFiles: string[], logo?: Logo): Typesetter {
	let stamp = '';
	let compiler: NodeCompiler | undefined;

	// A compiler keeps the files that it has read, and its fonts (20 ms) for as long as it lives: a new one only after a change.
	const current = () => {
		const now = stampOf(folder);
		if (compiler && now === stamp) return compiler;
		stamp = now;
		compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontFiles }] });
		if (logo) compiler.mapShadow(join(folder, logo.name), logo.bytes);
		return compiler;
	};

	return {
		pdf(data, createdAt) {
			const typst = current();
			try {
				// One JSON string: what a buyer typed is never read as markup.
				const compiled = typst.compile({ mainFilePath: main, inputs: { data: JSON.stringify(data) } });
				const failure = compiled.takeError();
				if (failure || !compiled.result) throw layoutFault(failure ? typst.fetchDiagnostics(failure) : [], main);
				return typst.pdf(compiled.result, {
					pdfTags: false,
					creationTimestamp: Math.floor(createdAt.getTime() / 1000),
				});
			} finally {
				// Compiled documents stay in memory until evicted: 500 invoices would hold hundreds of megabytes.
				typst.evictCache(0);
			}
		},
	};
}
