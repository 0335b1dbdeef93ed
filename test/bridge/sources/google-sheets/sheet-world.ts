import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBridge } from '../../../support/bridge';
import { MINUTE, TestClock } from '../../../support/clock';
import { fakeDrive } from '../../../support/fake-google/drive';
import { type FakeGoogle, startFakeGoogle } from '../../../support/fake-google/server';
import { fakeSheets, FakeTab } from '../../../support/fake-google/sheets';

export const SPREADSHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdEFG';
export const SECRET = 'sheet-secret-1';

const MAPPING = `
on: sheet.row
template: sale
variables: { "1": "{{ row.Name }}", "2": "{{ row.Code | default: 'DIWALI' }}" }
`;
const BODY = 'Hello {{1}}, here is your code {{2}} for our sale. See you soon!';

export interface SheetOptions {
	header?: string[];
	rows?: string[][];
	/** Further keys of the source, as YAML: "send: marked, dryRun: Rehearsal". */
	keys?: string;
	mappings?: Record<string, string>;
	publicUrl?: string;
}

/** A bridge with one sheet at a fake Google, and a person who edits it. */
export class SheetWorld {
	readonly clock = new TestClock();
	readonly drive = fakeDrive(this.clock);
	readonly tab: FakeTab;
	readonly sheets;
	google!: FakeGoogle;
	test!: TestBridge;
	private readonly folder = mkdtempSync(join(tmpdir(), 'sheet-world-'));

	private constructor({ header = ['Name', 'Phone', 'Status'], rows = [] }: SheetOptions) {
		this.tab = new FakeTab(
			'Broadcast',
			[header, ...rows].map((row) => [...row]),
		);
		this.sheets = fakeSheets([{ id: SPREADSHEET, tabs: [new FakeTab('Notes', []), this.tab] }]);
	}

	static async start(options: SheetOptions = {}): Promise<SheetWorld> {
		const world = new SheetWorld(options);
		const { mappings = { 'sale.yaml': MAPPING }, keys, publicUrl } = options;
		for (const [file, text] of Object.entries(mappings)) writeFileSync(join(world.folder, file), text);
		world.google = await startFakeGoogle({ clock: world.clock, apis: [world.sheets.api, world.drive.api] });
		const source = [
			`id: diwali, kind: google-sheets, spreadsheet: ${SPREADSHEET}, sheet: Broadcast, phone: Phone, status: Status`,
			`credentials: "${world.google.credentials()}", rootUrl: "${world.google.url}", secrets: [${SECRET}]`,
			...(keys === undefined ? [] : [keys]),
		];
		world.test = await TestBridge.start({
			clock: world.clock,
			sources: [`{ ${source.join(', ')} }`],
			messages: world.folder,
			templates: false,
			...(publicUrl === undefined ? {} : { publicUrl }),
		});
		await world.test.control('POST', 'templates', [{ name: 'sale', language: 'en_US', message_body: BODY }]);
		return world;
	}

	async stop(): Promise<void> {
		await this.test.stop();
		await this.google.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Stops the bridge and starts it anew on the same ledger. */
	async restart(): Promise<void> {
		await this.test.bridge.stop();
		await this.test.startBridge();
	}

	/** Time goes on until everything has been stored, sent and written back. */
	async settle(minutes = 3): Promise<void> {
		await this.test.drain();
		for (let half = 0; half < minutes * 2; half += 1) await this.test.later(MINUTE / 2);
	}

	/** The first value of each message the API took, oldest first. */
	async told(): Promise<string[]> {
		return (await this.test.taken()).map(({ templateVariables }) => templateVariables?.['1'] ?? '');
	}

	/** A row of the sheet as a person sees it, by the text in its first column. */
	row(name: string): Record<string, string> {
		const [header = []] = this.tab.rows;
		const row = this.tab.rows.slice(1).find((each) => each[0] === name);
		return Object.fromEntries(header.map((column, index) => [column, row?.[index] ?? '']));
	}

	statuses(): string[] {
		return this.tab.all('Status');
	}
}

/** The n-th person of a list, with a number of their own. */
export const person = (n: number): string[] => [`Person ${n}`, `+91 98765 ${String(40_000 + n)}`];
