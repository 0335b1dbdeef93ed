export interface RequestRecord {
	at: string;
	method: string;
	path: string;
	query: Record<string, unknown>;
	body: unknown;
	operationId?: string;
	/** Which form of a `oneOf` body this was. */
	variant?: string;
	key: 'ok' | 'missing' | 'wrong' | 'not-a-login-app' | 'revoked' | 'not-needed';
	contract: { ok: boolean; problems: string[] };
	/** Absent while the request is being worked on, and when no answer was given. */
	status?: number;
	answer?: unknown;
	fault?: unknown;
}

/** Every request to the API, in the order of arrival. */
export class Journal {
	private records: RequestRecord[] = [];

	add(record: RequestRecord): RequestRecord {
		this.records.push(record);
		return record;
	}

	list(operation?: string): RequestRecord[] {
		return operation === undefined ? this.records : this.records.filter((record) => record.operationId === operation);
	}

	clear(): void {
		this.records = [];
	}
}
