import { join } from 'node:path';
import { createRenderer } from '../../../bridge/src/documents/renderer';
import { readPdf } from '../../support/pdf';
import { buildCompany } from './company';
import type { Company, Order } from '../../../bridge/src/domain';
import type { DocumentRenderer, RendererOptions } from '../../../bridge/src/documents/renderer';

export const LAYOUTS = join(__dirname, '../../../templates/documents');
export const FONTS = join(LAYOUTS, 'fonts');

const open: DocumentRenderer[] = [];

/** A renderer that `closeRenderers` closes. */
export function testRenderer(overrides: Partial<RendererOptions> = {}): DocumentRenderer {
	const renderer = createRenderer({ layouts: LAYOUTS, fonts: [FONTS], company: buildCompany(), ...overrides });
	open.push(renderer);
	return renderer;
}

export const closeRenderers = (): void => open.splice(0).forEach((renderer) => renderer.close());

/** The text of the order's invoice, in the order's language. */
export async function invoiceText(order: Order, company: Company = buildCompany(), language = order.language ?? 'en') {
	const pdf = await testRenderer({ company }).render({ document: 'invoice', order, language });
	return readPdf(pdf);
}
