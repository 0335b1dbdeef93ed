import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../../../../bridge/src/cli/load';

const folder = mkdtempSync(join(tmpdir(), 'calendar-check-'));
afterAll(() => {
	rmSync(folder, { recursive: true });
});

const loadWith = (...keys: string[]) => {
	const config = join(folder, 'bridge.yaml');
	const lines = [
		'messlo: { apiKey: key, sender: "911234567890" }',
		'server: { adminToken: 0123456789abcdef0123456789 }',
		'store: { url: "sqlite:./bridge.db" }',
		'sources:',
		'  - id: clinic',
		'    kind: google-calendar',
		'    calendar: clinic@example.com',
		'    credentials: ./google.json',
		...keys.map((key) => `    ${key}`),
	];
	writeFileSync(config, lines.join('\n'));
	return load({ config, variables: {} });
};

test('every key of a calendar, and what stands for those left out', async () => {
	const given = await loadWith(
		'remind: [1d, 90m]',
		'allDayAt: "18:00"',
		'phone: "{{ event.location | phone }}"',
		'ahead: 30d',
	);
	expect(given.config.sources[0]).toMatchObject({
		remind: [86_400_000, 5_400_000],
		allDayAt: '18:00',
		ahead: 30 * 86_400_000,
		every: 60_000,
		credentials: join(folder, 'google.json'),
	});
	expect((await loadWith()).config.sources[0]).toMatchObject({
		remind: [],
		allDayAt: '09:00',
		ahead: 365 * 86_400_000,
	});
});

test.each([
	[
		'phone: "{{ event.location | phon }}"',
		/bridge\.yaml:9:12 {2}sources\[0\]\.phone: there is no filter 'phon'\n {4}fix: did you mean 'phone'/,
	],
	['phone: "{{ appointmnt.title }}"', /bridge\.yaml:9:12 {2}sources\[0\]\.phone: there is no 'appointmnt' here/],
	['remind: 30s', /bridge\.yaml:9.*is not whole minutes/],
	['remind: [1h, 0m]', /bridge\.yaml:9.*is not whole minutes/],
	['allDayAt: noon', /bridge\.yaml:9.*is not a time of day/],
])('%s is told with its line and what to do', async (key, text) => {
	await expect(loadWith(key)).rejects.toThrow(text);
});
