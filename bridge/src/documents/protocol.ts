import type { Company, Order } from '../domain';

/** What a document is made of. */
export interface DocumentRequest {
	/** Folder of the layout: "invoice", or a copy of it under another name. */
	document: string;
	order: Order;
	/** BCP 47 ("pt-BR") or WhatsApp's form ("pt_BR"). */
	language: string;
	/** The name of the order when absent. */
	documentNumber?: string;
}

/** What the process that lays out documents is given once, when it starts. */
export interface Workshop {
	layouts: string;
	fontFiles: string[];
	company: Company;
	/** The process ends itself when it holds more than this. */
	mostBytes: number;
}

export interface Finished {
	ok: true;
	pdf: Uint8Array;
	/** Characters that no font has, each once. */
	missing: string[];
	/** Bytes the process holds now. */
	memory: number;
}

export interface Failed {
	ok: false;
	message: string;
}

export type Reply = Finished | Failed;
export type Question = { kind: 'open'; workshop: Workshop } | { kind: 'render'; request: DocumentRequest };
