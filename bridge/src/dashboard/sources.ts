import { Router } from 'express';

/** A source as `GET /api/v1/sources` shows it. */
export interface SourceRow {
	id: string;
	kind: string;
	/** What is fetched from it; null where it only posts. */
	feed: { lastLook: Date | null; nextLook: Date; fault: string | null; progress: object } | null;
}
export interface SourceActions {
	sources(): Promise<SourceRow[]>;
	/** Undefined when there is no such source; false when nothing is fetched from it. */
	look(id: string): boolean | undefined;
}

/** `/api/v1/sources` */
export function sourcesApi({ sources, look }: SourceActions): Router {
	const router = Router();
	router.get('/', async (_request, response) => {
		response.json({ items: await sources() });
	});
	router.post('/:id/look', (request, response) => {
		const { id } = request.params;
		const looking = look(id);
		if (looking) response.status(202).json({ source: id, detail: 'It is looked at now.' });
		else if (looking === undefined)
			response.status(404).json({ reason: 'not-found', detail: `There is no source '${id}'.` });
		else
			response
				.status(409)
				.json({ reason: 'nothing-to-fetch', detail: `'${id}' posts what happens; nothing is fetched from it.` });
	});
	return router;
}
