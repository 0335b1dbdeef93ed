import { withoutPassword } from '../without-password';
import type { Config } from './config';

const SECRET = /^(apiKey|adminToken|secret|secrets|consumerKey|consumerSecret|key|oldKeys)$/;

/** The settings as they may be printed at start: secrets only as set or not set. */
export const redactedConfig = (config: Config): Record<string, unknown> =>
	JSON.parse(
		JSON.stringify(config, (key, value: unknown) => (SECRET.test(key) ? state(value) : shown(value))),
	) as Record<string, unknown>;

const shown = (value: unknown): unknown =>
	typeof value === 'string' && /^postgres(ql)?:/.test(value) ? withoutPassword(value) : value;

const state = (value: unknown): string => (Array.isArray(value) ? `${value.length} set` : value ? 'set' : 'not set');
