import { OPERATIONS } from './index';

/** Markdown table of all operations, those of the developer page with their row there. */
export function operationsTable(): string {
	const rows = OPERATIONS.map(({ resource, operation, route, rows }) =>
		[resource, operation, `\`${route}\``, rows.join(', ')].map((cell) => ` ${cell.replaceAll('|', '\\|')} `).join('|'),
	);
	return [
		'| Resource | Operation | Request | Row |',
		'| --- | --- | --- | --- |',
		...rows.map((row) => `|${row}|`),
	].join('\n');
}
