import { SAMPLE_ORDER } from '../documents/sample-order';
import type { Rooms } from './rooms';
import { reasonOf } from '../reason-of';

export type Served = { name: string; content: Uint8Array } | { status: 404 | 410; reason: string };

/** "sample-invoice" is open to all: WhatsApp looks at it while it approves a template. */
const SAMPLE = /^sample-([a-z0-9-]{1,40})$/;

/** The document of a link, or why there is none. */
export function serveDocument({ links, store, clock, renderer, log }: Rooms): (token: string) => Promise<Served> {
	const samples = new Map<string, Promise<Served>>();

	const sample = (document: string): Promise<Served> => {
		const known = samples.get(document);
		if (known) return known;
		const made = renderer.render({ document, order: SAMPLE_ORDER, language: 'en_US' }).then(
			(content): Served => ({ name: `sample-${document}.pdf`, content }),
			(error: unknown): Served => {
				samples.delete(document);
				log.warn({ document, reason: reasonOf(error) }, 'There is no sample of this document');
				return { status: 404, reason: 'not-found' };
			},
		);
		// Names that no layout has are forgotten above, so this holds as many as there are layouts.
		samples.set(document, made);
		return made;
	};

	return async (token) => {
		const document = SAMPLE.exec(token)?.[1];
		if (document !== undefined) return sample(document);
		const link = links.read(token, clock.now());
		if (!link.ok) return { status: link.reason === 'expired' ? 410 : 404, reason: link.reason };
		return (await store.document(link.document)) ?? { status: 404, reason: 'not-found' };
	};
}
