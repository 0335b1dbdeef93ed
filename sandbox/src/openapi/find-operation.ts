import type { Operation } from './read-contract';

export type Found =
	| { kind: 'operation'; operation: Operation; path: Record<string, string> }
	| { kind: 'wrong-method'; allowed: string[] }
	| { kind: 'unknown' };

/** Finds the operation of a request; a literal segment wins over a parameter, as in `/contacts/delete` and `/contacts/{id}`. */
export function findOperation(operations: readonly Operation[], method: string, path: string): Found {
	const segments = path.replace(/\/$/, '').split('/');
	const fitting = operations
		.map((operation) => ({ operation, values: matchPath(operation.path.split('/'), segments) }))
		.filter((candidate) => candidate.values !== undefined)
		.sort((a, b) => Object.keys(a.values ?? {}).length - Object.keys(b.values ?? {}).length);
	const found = fitting.find(({ operation }) => operation.method === method);
	if (found?.values) return { kind: 'operation', operation: found.operation, path: found.values };
	if (fitting.length > 0) return { kind: 'wrong-method', allowed: fitting.map(({ operation }) => operation.method) };
	return { kind: 'unknown' };
}

function matchPath(template: string[], segments: string[]): Record<string, string> | undefined {
	if (template.length !== segments.length) return undefined;
	const values: Record<string, string> = {};
	for (const [index, part] of template.entries()) {
		const segment = segments[index] ?? '';
		const name = /^\{(.+)\}$/.exec(part)?.[1];
		if (name !== undefined && segment !== '') values[name] = decode(segment);
		else if (part !== segment) return undefined;
	}
	return values;
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment; // a lone "%": taken as it stands
	}
}
