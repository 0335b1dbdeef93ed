import { readEnvironment } from '../../../bridge/src/config/environment';
import { formatDuration, parseDuration } from '../../../bridge/src/duration';

test('the environment has defaults', () => {
	expect(readEnvironment({})).toMatchObject({
		ok: true,
		environment: { configFile: 'messlo-bridge.yaml', logLevel: 'info' },
	});
	expect(readEnvironment({ BRIDGE_CONFIG: 'a.yaml', LOG_LEVEL: 'debug' })).toMatchObject({
		environment: { configFile: 'a.yaml', logLevel: 'debug' },
	});
});

test('a log level that is none is an error, never quietly the default', () => {
	expect(readEnvironment({ LOG_LEVEL: 'loud' })).toEqual({
		ok: false,
		reason: "LOG_LEVEL is 'loud'; set it to one of: debug, info, warn, error, silent",
	});
});

test.each([
	['30s', 30_000],
	['5m', 300_000],
	['24h', 86_400_000],
	['7d', 604_800_000],
	['250ms', 250],
	['0s', 0],
])('%s is %i milliseconds', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));
test.each(['', '7', 's', '7 days', '-1s', '1.5h', '1h30m'])('%j is no duration', (text) =>
	expect(parseDuration(text)).toBeUndefined(),
);
test.each([
	[604_800_000, '7d'],
	[5_400_000, '90m'],
	[0, '0ms'],
])('%i is written %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
