import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { FieldError, fieldLabel, type Operation, readCode, readReason } from '../../../catalog';
import { ApiFailure } from '../api/api-failure';
import { causeOf } from './causes';

/** A failure as people and workflows read it. */
export interface Explained {
	message: string;
	description?: string;
	/** Stable name of the cause. */
	code: string;
	/** WhatsApp's own number for it. */
	apiCode?: number;
	status?: number;
	retryable: boolean;
	/** Seconds, where the API names them. */
	retryAfter?: number;
}

/** What happened and what to do, for any error that a call can end with. */
export function explain(row: Operation, error: unknown): Explained {
	if (error instanceof ApiFailure) return explainFailure(error);
	if (error instanceof FieldError)
		return {
			message: `${labelOf(row, error.field)} ${error.expected}`.replace(/\.$/, ''),
			code: 'invalid-value',
			retryable: false,
		};
	const message = error instanceof Error ? error.message : String(error);
	const description =
		error instanceof NodeApiError || error instanceof NodeOperationError ? (error.description ?? undefined) : undefined;
	return { message, ...(description === undefined ? {} : { description }), code: 'error', retryable: false };
}

function explainFailure({ failed }: ApiFailure): Explained {
	const { name, what, fix, retryable = false } = causeOf(failed);
	if (failed.kind === 'silence')
		return { message: what, description: `${fix} (${failed.host}: ${failed.reason})`, code: name, retryable };
	const said = readReason(failed.body);
	const apiCode = readCode(failed.body);
	return {
		message: what,
		description: said === undefined ? fix : `${fix} The API said: ${said}`,
		code: name,
		...(apiCode === undefined ? {} : { apiCode }),
		status: failed.status,
		retryable,
		...(failed.retryAfterMs === undefined ? {} : { retryAfter: Math.ceil(failed.retryAfterMs / 1000) }),
	};
}

/** `buttons.0.text` as the form calls it: Buttons 1 → Text. */
function labelOf(row: Operation, path: string): string {
	const labels: string[] = [];
	let fields = row.fields;
	for (const part of path.split('.')) {
		const field = fields.find(({ name }) => name === part);
		if (/^\d+$/.test(part) && labels.length > 0) labels.push(`${labels.pop() ?? ''} ${Number(part) + 1}`);
		else labels.push(field ? fieldLabel(field) : part);
		fields = field?.fields ?? fields;
	}
	return labels.join(' → ');
}
