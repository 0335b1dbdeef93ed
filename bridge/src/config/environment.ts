/**
 * The one file of the bridge that reads the environment.
 *
 * | variable | what |
 * |---|---|
 * | `BRIDGE_CONFIG` | the configuration file; by default `messlo-bridge.yaml` in the working folder |
 * | `LOG_LEVEL` | `debug`, `info` (default), `warn`, `error` or `silent` |
 * | any other | taken by `${NAME}` in the configuration: `MESSLO_API_KEY`, `BRIDGE_PORT`, `SHOPIFY_SECRET` … |
 */
export type Variables = Readonly<Record<string, string | undefined>>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Environment {
	configFile: string;
	logLevel: LogLevel;
	variables: Variables;
}

export type EnvironmentReading = { ok: true; environment: Environment } | { ok: false; reason: string };

/** The variables of this process. */
export const environmentVariables = (): Variables => process.env;

/** Reads the bridge's own settings; a word that is none of the choices is an error, never quietly the default. */
export function readEnvironment(variables: Variables): EnvironmentReading {
	const level = variables['LOG_LEVEL'] || 'info';
	const logLevel = LOG_LEVELS.find((each) => each === level);
	if (logLevel === undefined)
		return { ok: false, reason: `LOG_LEVEL is '${level}'; set it to one of: ${LOG_LEVELS.join(', ')}` };
	return {
		ok: true,
		environment: { configFile: variables['BRIDGE_CONFIG'] || 'messlo-bridge.yaml', logLevel, variables },
	};
}
