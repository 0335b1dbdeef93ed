import { z } from 'zod';
import { strictObject } from '../../yaml/strict-object';
import { duration, words } from '../../yaml/values';
import { secret } from '../values';
import { common, google } from './common';

export const googleSheets = strictObject({
	...common,
	kind: z.literal('google-sheets'),
	spreadsheet: words().describe('Id of the spreadsheet: the long part of its address.'),
	sheet: words().describe('Name of the sheet (the tab).'),
	phone: words().describe('Column with the phone number.'),
	status: words().describe('Column into which the state of the message is written.'),
	...google,
	every: duration().prefault('30s').describe('How often new rows are looked for.'),
	secrets: z.array(secret()).optional().describe('Secrets that sign rows posted by the Apps Script.'),
});
