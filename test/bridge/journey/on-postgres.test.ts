import { useEngine } from '../../support/bridge';

beforeAll(() => {
	useEngine('postgres');
});

// Journeys that lean on the ledger most, each with its own hooks; all of them run on SQLite from their own files.
describe.each(['order-to-message', 'api-faults', 'held', 'late-states', 'newer-states', 'privacy', 'replies-stop'])(
	'on PostgreSQL: %s',
	(file) => {
		jest.requireActual(`./${file}.test`);
	},
);
