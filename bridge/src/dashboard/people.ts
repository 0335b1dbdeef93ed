import { Router } from 'express';
import type { z } from 'zod';
import type { EventRow, MessageRow, AttemptRow } from './admin-ledger';
import { showEvent, showMessage } from './show';

export interface PeopleLedger {
	recordsOf(who: {
		phone: string;
	}): Promise<{ event: EventRow & { body: Buffer }; messages: (MessageRow & { history: AttemptRow[] })[] }[]>;
	erase(who: { phone: string }, reason: string): Promise<{ events: number; messages: number; documents: number }>;
}

/** `/api/v1/people/:phone`: what is kept of a person, to give or to erase. `phone` reads a number however it is written. */
export function peopleApi(ledger: PeopleLedger, phone: z.ZodType<string>): Router {
	const router = Router();
	router.param('phone', (request, response, next, given: string) => {
		const read = phone.safeParse(given);
		if (read.success) {
			request.params['phone'] = read.data;
			next();
		} else response.status(400).json({ reason: 'bad-request', detail: 'Write the number with its country code.' });
	});
	router.get('/:phone', async (request, response) => {
		const records = await ledger.recordsOf({ phone: String(request.params.phone) });
		response.json({
			events: records.map(({ event, messages }) => ({ ...showEvent(event), messages: messages.map(showMessage) })),
		});
	});
	router.delete('/:phone', async (request, response) => {
		response.json(await ledger.erase({ phone: String(request.params.phone) }, 'erased: the person asked for it'));
	});
	return router;
}
