import { readConfig } from '../../../bridge/src/config/read-config';
import { redactedConfig } from '../../../bridge/src/config/redacted-config';

const read = (replies: string) =>
	readConfig({
		file: 'test.yaml',
		text: `
messlo: { apiKey: k, sender: "911234567890" }
server: { adminToken: test-admin-token }
${replies}
sources: [{ id: acme, kind: shopify, shop: acme.myshopify.com, secrets: [x] }]`,
		env: { SECRET: 'secret-of-the-flow' },
	});
const good = (replies: string) => {
	const reading = read(replies);
	if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
	return reading.config;
};

test('without the key the inbox is looked at every 30 seconds, STOP ends marketing, and nothing can be posted', () => {
	const { every, secret, stopScope, stop, start } = good('').replies;
	expect([every, secret, stopScope]).toEqual([30_000, undefined, 'marketing']);
	expect([stop.includes('stop'), start.includes('start')]).toEqual([true, true]);
});

test.each(['off', '"off"', 'false'])('every: %s, and the inbox is never looked at', (every) => {
	expect(good(`replies: { every: ${every} }`).replies).not.toHaveProperty('every');
});

test('what is given takes the place of what is shipped, and the secret is not printed', () => {
	const config = good(`replies: { every: 5m, secret: "\${SECRET}", stop: [basta], start: [via], stopScope: all }`);
	expect(config.replies).toEqual({
		every: 300_000,
		secret: 'secret-of-the-flow',
		stop: ['basta'],
		start: ['via'],
		stopScope: 'all',
	});
	expect(JSON.stringify(redactedConfig(config))).not.toContain('secret-of-the-flow');
});

test.each([
	['replies: { every: 1s }', "'1s' is not a duration of 5s or more"],
	['replies: { every: often }', "'often' is not a duration"],
	['replies: { every: 30 }', 'is not a duration'],
	['replies: { secret: short }', 'too short to be safe'],
	['replies: { stop: stop }', 'is not a list'],
	['replies: { stopScope: some }', 'is not a choice'],
	['replies: { stops: [x] }', 'stops'],
])('%s is refused', (yaml, problem) => {
	const reading = read(yaml);
	expect(reading.ok ? '' : JSON.stringify(reading.problems)).toContain(problem);
});
