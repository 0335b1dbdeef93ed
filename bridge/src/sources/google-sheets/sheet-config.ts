/** A google-sheets source as it is configured, times in milliseconds. */
export interface SheetConfig {
	id: string;
	/** What mappings print as `shop.name`. */
	name?: string | undefined;
	spreadsheet: string;
	/** Name of the tab. */
	sheet: string;
	/** Path of the credentials; without it rows come only from the Apps Script, and nothing is written back. */
	credentials?: string | undefined;
	rootUrl?: string | undefined;
	every: number;
	secrets?: readonly string[] | undefined;
	/** `new`: every row whose status is empty goes. `marked`: only rows marked to be sent. */
	send: 'new' | 'marked';
	/** What marks a row, in any case: send. */
	marks: readonly string[];
	phone: string;
	status: string;
	columns: ResultColumns;
	dryRun?: string | undefined;
	optOut?: string | undefined;
}

/** Names of the columns that are the bridge's own, the status apart. */
export interface ResultColumns {
	id: string;
	messageId: string;
	time: string;
	error: string;
}
