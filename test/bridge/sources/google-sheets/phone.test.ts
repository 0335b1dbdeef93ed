import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spoiltPhone } from '../../../../bridge/src/sources/google-sheets/phone';
import { SheetWorld } from './sheet-world';

test.each([
	['9.19877E+11', 'its last digits are lost'],
	['9,19877E+11', 'its last digits are lost'],
	['#ERROR!', 'took the number for a formula'],
	['#N/A', 'took the number for a formula'],
	['91987654321000000', 'keeps fifteen'],
	['9,876,543,210', 'as an amount'],
	['98,76,54,321.00', 'as an amount'],
	['919876543210.0', 'as an amount'],
	['', "nothing in the column 'Phone'"],
])('%p was spoilt by the sheet', (text, reason) => {
	expect(spoiltPhone(text, 'Phone')).toContain(reason);
});

test.each([
	'+91 98765 43210',
	'098765 43211',
	'(11) 91234-5678',
	'9812345670',
	'919876543210',
	'987.654.321',
	'06.12.34.56.78',
	'12',
])('%p is as somebody wrote it', (text) => {
	expect(spoiltPhone(text, 'Phone')).toBeUndefined();
});

const values = (name: string) =>
	(
		JSON.parse(readFileSync(join(__dirname, `../../../fixtures/google/sheets/values.get.${name}.json`), 'utf8')) as {
			values: unknown[][];
		}
	).values.map((row) => row.map(String));

test('the sheets of the fixtures: phones as people write them, ragged and empty rows, numbers', async () => {
	const [header = [], ...rows] = values('orders');
	const world = await SheetWorld.start({
		header,
		rows: [
			...rows,
			...values('ragged').slice(1),
			...values('unformatted').slice(1),
			['9', 'Spoilt', '9.19877E+11', 'IN'],
		],
		mappings: {
			'sale.yaml': 'on: sheet.row\ntemplate: sale\nvariables: { "1": "{{ row.Name }}", "2": "{{ row.Total }}" }\n',
		},
		keys: 'send: marked, marks: [ready]',
	});
	try {
		for (const row of world.tab.rows) if (row[1] === 'Spoilt') world.tab.set(row, 'Status', 'ready');
		await world.settle();
		const told = await world.test.taken();
		expect(
			told.map(({ templateVariables, contact_no }) => [templateVariables?.['1'], contact_no, templateVariables?.['2']]),
		).toEqual([
			['अनुष्का कृष्णमूर्ति', '919876543210', '7,216.90'],
			['Rohit Sharma', '919876543211', '1,531.64'],
			// The others are second messages to the same people, who get one in six seconds.
			['Priya', '919811122334', 'true'],
			['Anushka', '919876543210', '7216.9'],
			['Rohit Sharma', '919876543211', '1531.64'],
		]);
		const errors = Object.fromEntries(
			world.tab.rows.map((row) => [row[1] ?? '', world.tab.cell(row, 'WhatsApp error')]),
		);
		expect(errors['Spoilt']).toMatch(/the sheet turned the number into '9.19…E\+11', and its last digits are lost/);
		expect(errors['Lena Vogt']).toContain("nothing in the column 'Phone'");
		expect(errors['João da Conceição']).toMatch(/is not a phone number in IN/);
	} finally {
		await world.stop();
	}
});
