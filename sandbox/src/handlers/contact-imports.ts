import { readCsv } from '../read-csv';
import { Refusal } from '../refusal';
import type { UploadedFile } from '../uploaded-file';
import type { World } from '../world';
import { Collection } from './collection';
import { addContact } from './contacts';
import { handler, type Handler } from './handler';

export const jobs = new Collection('import-jobs', { noun: 'Import job' });

/** Column heads as people write them. */
const COLUMNS: Record<string, RegExp> = {
	phone_number: /^(phone|phone[ _]?number|mobile|whatsapp|number|contact[ _]?no)$/i,
	name: /^(name|full[ _]?name)$/i,
	email: /^e-?mail$/i,
};

interface Outcome {
	status: 'completed' | 'failed';
	total_records: number;
	imported: number;
	failed: { row: number; reason: string }[];
	error?: string;
}

/** Adds a contact for each row; what cannot be added is told with its row, counted as in a spreadsheet. */
function importFile(world: World, file: UploadedFile): Outcome {
	const refuse = (error: string): Outcome => ({ status: 'failed', total_records: 0, imported: 0, failed: [], error });
	if (/\.xlsx?$/i.test(file.name)) return refuse('The sandbox reads CSV files only; save the sheet as CSV');
	try {
		const [heads = [], ...rows] = readCsv(file.bytes.toString('utf8'));
		const names = heads.map((head) => Object.keys(COLUMNS).find((name) => COLUMNS[name]?.test(head)) ?? head);
		if (!names.includes('phone_number')) return refuse(`No column for the phone number among ${heads.join(', ')}`);
		const failed = rows.flatMap((cells, index) => {
			const reason = importRow(world, names, cells);
			return reason === undefined ? [] : [{ row: index + 2, reason }];
		});
		return { status: 'completed', total_records: rows.length, imported: rows.length - failed.length, failed };
	} catch (error) {
		return refuse(`The file is not CSV: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** Why this row is no contact, if so. Columns that a contact does not have become its custom fields. */
function importRow(world: World, names: string[], cells: string[]): string | undefined {
	const values = names.map((name, index): [string, string] => [name, cells[index] ?? '']);
	const isOwn = ([name]: [string, string]): boolean => name in COLUMNS;
	const own = Object.fromEntries(values.filter((value) => isOwn(value) && value[1] !== ''));
	const phone = own['phone_number'];
	if (phone === undefined || !/^\+?[0-9][0-9 ()-]{4,24}$/.test(phone)) return `'${phone ?? ''}' is not a phone number`;
	try {
		const custom_fields = Object.fromEntries(values.filter((value) => !isOwn(value)));
		addContact(world, { name: '', ...own, phone_number: phone, custom_fields });
		return undefined;
	} catch (error) {
		if (error instanceof Refusal) return error.message;
		throw error;
	}
}

export const contactImports: Record<string, Handler> = {
	...jobs.serve({ list: 'listImportJobs', get: 'getImportJob' }),

	// Carried out at once; the answer does not tell, so callers have to follow the job.
	importContacts: handler<{ file: UploadedFile }>(({ world, body }) => {
		const job = jobs.add(world, { file_name: body.file.name, ...importFile(world, body.file) });
		world.changed();
		return { success: true, message: 'Import started', data: { job_id: job._id } };
	}),
};
