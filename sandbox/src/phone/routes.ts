import path from 'node:path';
import express, { Router } from 'express';
import { publicFolder } from '../project-root';
import type { World } from '../world';
import type { OpenPhones } from './open-phones';
import { phoneView } from './phone-view';

// Everything comes from here; pdf.js decodes some pictures with WebAssembly and makes fonts from data.
const POLICY =
	"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; font-src 'self' data: blob:; " +
	"worker-src 'self' blob:; style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'";

/** The phone page, the data it shows, and pdf.js for the first page of documents. */
export function phoneRoutes(world: World, phones: OpenPhones): Router {
	const routes = Router();
	routes.get('/__sandbox/phone', (_request, response) => {
		response.set('Cache-Control', 'no-store').json(phoneView(world));
	});
	routes.get('/__sandbox/phone/events', (_request, response) => phones.open(response));
	const pdfjs = path.dirname(require.resolve('pdfjs-dist/package.json'));
	for (const folder of ['build', 'cmaps', 'standard_fonts', 'wasm', 'iccs']) {
		routes.use(`/pdfjs/${folder}`, express.static(path.join(pdfjs, folder), { maxAge: '1h' }));
	}
	routes.use(
		express.static(publicFolder(), {
			setHeaders: (response) => {
				response.setHeader('Content-Security-Policy', POLICY);
				response.setHeader('Cache-Control', 'no-cache');
				response.setHeader('X-Content-Type-Options', 'nosniff');
			},
		}),
	);
	return routes;
}
