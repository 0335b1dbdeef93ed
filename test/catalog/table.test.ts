import { OPERATIONS } from '../../catalog';
import { operationsTable } from '../../catalog/table';

test('the table of operations has a line each, with its request and its row of the developer page', () => {
	const [head, rule, ...rows] = operationsTable().split('\n');
	expect(head).toBe('| Resource | Operation | Request | Row |');
	expect(rule).toBe('| --- | --- | --- | --- |');
	expect(rows).toHaveLength(OPERATIONS.length);
	expect(rows).toContain('| Message | Send Template | `POST /api/whatsapp/send` | 18 |');
	expect(rows).toContain('| Chat | Assign | `POST /api/whatsapp/assign-chat` | 22, 73 |');
	expect(rows).toContain('| Tag | Get Many | `GET /api/tags` | 55 |');
	expect(rows.filter((row) => row.split('|').length !== 6)).toEqual([]);
});
