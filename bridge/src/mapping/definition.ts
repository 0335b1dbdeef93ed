export type Button = { reply: string } | { text: string; url: string } | { text: string; phone: string };

/** One language of a template, as it is put before WhatsApp for approval. */
export interface DefinitionLanguage {
	language: string;
	body: string;
	footer?: string;
	/** Samples for {{1}}, {{2}} … */
	examples: string[];
	buttons: Button[];
}

/** A file `<template>.template.yaml`: all that is needed to create the template. */
export interface TemplateDefinition {
	template: string;
	file: string;
	description?: string;
	category: 'UTILITY' | 'MARKETING';
	/** `sample`: public address of a PDF that WhatsApp looks at while it approves the template. */
	header?: { document: string; sample: string };
	languages: DefinitionLanguage[];
}
