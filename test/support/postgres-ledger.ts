import { openPostgres } from '../../bridge/src/store/postgres/open';
import { dropDatabase, freshDatabase } from './postgres';

let template: Promise<string> | undefined;
const made: string[] = [];

/** The URL of an empty ledger; copied, as making one takes a second. Dropped after the tests of the file. */
export async function freshLedger(): Promise<string> {
	template ??= freshDatabase().then(async (url) => {
		await (await openPostgres(url)).close();
		return url;
	});
	const url = await freshDatabase(await template);
	made.push(url);
	return url;
}

afterAll(async () => {
	await Promise.all(made.map(dropDatabase));
	if (template) await dropDatabase(await template);
});
