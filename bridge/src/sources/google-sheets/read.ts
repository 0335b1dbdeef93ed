import { z } from 'zod';
import type { Reading, SheetRow } from '../../domain';
import type { StoredDelivery } from '../source';
import { spoiltPhone } from './phone';
import type { SheetConfig } from './sheet-config';

/** Of a row that was fetched, and of one that the Apps Script posted. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const bodySchema = z
	.object({
		id: z.string().min(1).optional(),
		number: z.number().int().optional(),
		row: z.number().int().optional(),
		at: z.iso.datetime().optional(),
		sentAt: z.iso.datetime().optional(),
		values: z.record(z.string(), z.union([text, z.null()])),
	})
	.loose();

const changeSchema = z.object({ event: z.literal('change'), values: z.undefined().optional() }).loose();

/** Says what a stored row means. */
export function sheetReader(config: SheetConfig): (delivery: StoredDelivery) => Reading {
	const own = new Set([config.status, ...Object.values(config.columns)].map(folded));
	return ({ body }) => {
		const given = parse(body);
		if (changeSchema.safeParse(given).success)
			return {
				kind: 'ignored',
				reason: 'the script tells of a change without cells, and without credentials the sheet cannot be read',
			};
		const parsed = bodySchema.safeParse(given);
		if (!parsed.success)
			return {
				kind: 'unreadable',
				reason: `it is not a row of a sheet: ${z.prettifyError(parsed.error).split('\n')[0] ?? ''}`,
			};
		const { id, number, row: posted, at, sentAt, values } = parsed.data;
		const cells = Object.entries(values).flatMap(([name, value]) =>
			value === null || value.trim() === '' ? [] : [[name.trim(), value.trim()] as const],
		);
		const named = (wanted: string) => cells.find(([name]) => folded(name) === folded(wanted))?.[1];
		const subject = id ?? named(config.columns.id) ?? `row ${posted ?? number ?? 0}`;
		const row = {
			...Object.fromEntries(cells.filter(([name]) => !own.has(folded(name)))),
			number: String(number ?? posted ?? ''),
		} as SheetRow;
		const phone = named(config.phone);
		const phoneProblem = spoiltPhone(phone, config.phone);
		return {
			kind: 'event',
			event: 'sheet.row',
			subject,
			...(id === undefined ? {} : { key: id }),
			occurredAt: at ?? sentAt ?? new Date(0).toISOString(),
			row,
			...(phoneProblem === undefined ? { phone: phone ?? '' } : { phoneProblem }),
		};
	};
}

const folded = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
