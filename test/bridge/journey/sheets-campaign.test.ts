import { readConfig } from '../../../bridge/src/config/read-config';
import { openSource } from '../../../bridge/src/journey/open-sources';
import { startCampaign } from '../../../bridge/src/journey/start-campaign';
import { readMapping } from '../../../bridge/src/mapping/read-mapping';
import { createClient } from '../../../bridge/src/messlo/client';
import { formatProblems } from '../../../bridge/src/problem';
import { person, SheetWorld, SPREADSHEET } from '../sources/google-sheets/sheet-world';

let world: SheetWorld;
beforeEach(async () => {
	world = await SheetWorld.start({
		header: ['Name', 'Phone', 'No messages'],
		rows: [person(1), person(2), ['Person 3', '12'], person(2), [...person(4), 'yes']],
		keys: 'send: marked',
	});
});
afterEach(() => world.stop());

const start = (mapping: string, name = 'Diwali', dryRun = false) => {
	const source = `{ id: diwali, kind: google-sheets, spreadsheet: ${SPREADSHEET}, sheet: Broadcast, phone: Phone, status: Status, optOut: No messages, credentials: "${world.google.credentials()}", rootUrl: "${world.google.url}" }`;
	const text = `
messlo: { apiKey: sandbox-api-key, baseUrl: "${world.test.sandbox.url}", sender: "911234567890", wabaId: 665f1c2ab7d1c8a5f0e41001 }
server: { adminToken: test-admin-token }
defaults: { country: IN }
sources:
  - ${source}
`;
	const reading = readConfig({ file: 'c.yaml', text, env: {} });
	if (!reading.ok) throw new Error(formatProblems(reading.problems));
	const { config } = reading;
	const parsed = readMapping('m.yaml', mapping, {});
	if (!parsed.ok) throw new Error(formatProblems(parsed.problems));
	const own = config.sources[0];
	const opened = own && openSource(own, config.defaults);
	if (!opened) throw new Error('no source');
	const client = createClient(config.messlo);
	return startCampaign({
		name,
		source: opened,
		mapping: parsed.mapping,
		config,
		client,
		now: world.clock.now(),
		dryRun,
	});
};
const ALIKE = 'enabled: false\non: sheet.row\ntemplate: sale\nvariables: { "1": friend, "2": DIWALI }\n';
const requests = (path: string) =>
	world.test
		.control<{ method: string; path: string }[]>('GET', 'requests')
		.then((all) => all.filter((each) => `${each.method} ${each.path}`.startsWith(path)));

test('a sheet whose rows all get the same goes as one campaign, each number once', async () => {
	const started = await start(ALIKE);
	expect(started).toMatchObject({
		template: 'sale',
		variables: { '1': 'friend', '2': 'DIWALI' },
		people: 2,
		leftOut: { 'no number that can be sent to': 1, 'the same number as another row': 1, 'opted out': 1 },
	});
	expect(started.state).toMatch(/^(sending|completed|pending)$/);
	await world.test.drain();
	const taken = await world.test.taken();
	expect(taken).toHaveLength(2);
	await expect(start(ALIKE)).rejects.toThrow("There is a campaign 'Diwali' already");
	expect(await requests('POST /api/campaigns')).toHaveLength((await requests('POST /api/campaigns/')).length + 1);
});

test('a text that depends on the row cannot be a campaign; nothing is asked of the API', async () => {
	await expect(start('on: sheet.row\ntemplate: sale\nvariables: { "1": "{{ row.Name }}", "2": x }\n')).rejects.toThrow(
		"fills 'sale' from the row ({{ row.Name }}), and a campaign has one text for everybody",
	);
	expect(await requests('POST /api/campaigns')).toEqual([]);
});

test('a dry run says who would get it and starts nothing', async () => {
	expect(await start(ALIKE, 'Rehearsal', true)).toMatchObject({ state: 'dry run', people: 2 });
	expect(await requests('POST /api/campaigns')).toEqual([]);
});
