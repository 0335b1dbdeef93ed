import express, { Router } from 'express';
import { z } from 'zod';
import { limit, parse, phone } from './parse';

interface SuppressionRow {
	phone: string;
	scope: 'marketing' | 'all';
	reason: string;
	at: Date;
}
/** Who wants no messages. */
export interface SuppressionLedger {
	suppressions(filter: {
		cursor?: string | undefined;
		limit: number;
	}): Promise<{ items: SuppressionRow[]; next?: string }>;
}
export interface SuppressionActions {
	suppress(entry: Omit<SuppressionRow, 'at'>): Promise<SuppressionRow>;
	/** False when nothing was suppressed. */
	unsuppress(phone: string): Promise<boolean>;
}

const query = z.strictObject({
	cursor: z
		.string()
		.regex(/^\d{1,15}$/, 'is no cursor of this list')
		.optional(),
	limit,
});
const entry = z.strictObject({
	phone,
	scope: z.enum(['marketing', 'all']).default('marketing'),
	reason: z.string().trim().min(1).max(200).default('by hand'),
});

/** `/api/v1/suppressions` */
export function suppressionsApi(ledger: SuppressionLedger, actions: SuppressionActions): Router {
	const router = Router();
	router.get('/', async (request, response) => {
		const read = parse(query, request.query, response);
		if (!read) return;
		const { items, next } = await ledger.suppressions(read);
		response.json({ items, next: next ?? null });
	});
	router.post('/', express.json(), async (request, response) => {
		const read = parse(entry, request.body ?? {}, response);
		if (read) response.json(await actions.suppress(read));
	});
	router.delete('/:phone', async (request, response) => {
		const read = parse(phone, request.params.phone, response);
		if (read === undefined) return;
		if (await actions.unsuppress(read)) response.json({ phone: read, suppressed: false });
		else response.status(404).json({ reason: 'not-found', detail: 'Nothing is suppressed for this number.' });
	});
	return router;
}
