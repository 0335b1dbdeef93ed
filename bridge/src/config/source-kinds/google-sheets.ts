import { z } from 'zod';
import { oneOrMany, strictObject } from '../../yaml/strict-object';
import { duration, words } from '../../yaml/values';
import { optional, secret } from '../values';
import { common, google } from './common';

/** The bridge's own columns, made at the end of the header where they are missing. */
const columns = strictObject({
	id: words().prefault('WhatsApp id').describe('What the bridge calls the row; do not edit.'),
	messageId: words().prefault('WhatsApp message id').describe("The API's id of the message."),
	time: words().prefault('WhatsApp time').describe('When it was sent, delivered or read.'),
	error: words().prefault('WhatsApp error').describe('Why it was not sent, in plain words.'),
});

export const googleSheets = strictObject({
	...common,
	kind: z.literal('google-sheets'),
	spreadsheet: words().describe('Id of the spreadsheet: the long part of its address.'),
	sheet: words().describe('Name of the sheet (the tab).'),
	phone: words().describe('Column with the phone number.'),
	status: words().describe('Column into which the state of the message is written; made where it is missing.'),
	columns: columns.prefault({}).describe("The bridge's other columns."),
	send: z
		.enum(['new', 'marked'], 'is neither → write new or marked')
		.default('new')
		.describe('new: every row whose status is empty is sent. marked: only rows marked in the status column.'),
	marks: oneOrMany(words(), { type: 'string' })
		.prefault(['send'])
		.transform((marks) => marks.map((mark) => mark.toLowerCase()))
		.describe('Words in the status column that mark a row to be sent, or sent again.'),
	dryRun: optional(words(), 'Column that makes a row a rehearsal: with yes in it, the status says what would be sent.'),
	optOut: optional(words(), 'Column of people who want no messages: with yes in it, a row is never sent.'),
	...google,
	credentials: optional(
		words(),
		"Path of the service account's key file. Without it rows come from the Apps Script only, and nothing is written back.",
	),
	every: duration()
		.refine((ms) => ms >= 5000, 'is too often → write at least 5s: Google allows 60 requests a minute')
		.prefault('30s')
		.describe('How often new rows are looked for.'),
	secrets: z.array(secret()).optional().describe('Secrets that sign rows posted by the Apps Script.'),
});
