import { readdir, readFile } from 'node:fs/promises';
import type { Config } from '../config/config';
import { readEnvironment, type LogLevel, type Variables } from '../config/environment';
import { envFileOf, withEnvFile } from '../config/env-file';
import { readConfig } from '../config/read-config';
import { loadMappings } from '../mapping/load-mappings';
import type { Mapping } from '../mapping/mapping';
import { formatProblems } from '../problem';
import { reasonOf } from '../reason-of';
import { checkPhones } from './check-phones';

export interface CliOptions {
	/** `--config` */
	config?: string;
	variables: Variables;
}

export interface Loaded {
	config: Config;
	mappings: Mapping[];
	logLevel: LogLevel;
}

/** The configuration file that a command is about, and the variables: those of the process, then those of the file beside it. */
export async function findConfig({ config: given, variables }: CliOptions): Promise<FoundConfig> {
	const file = given ?? (variables['BRIDGE_CONFIG'] || 'messlo-bridge.yaml');
	const envFile = envFileOf(file);
	const text = await readFile(envFile, 'utf8').catch((error: unknown) => {
		if (Reflect.get(Object(error), 'code') === 'ENOENT') return '';
		throw new Error(`The file of secrets ${envFile} cannot be read (${reasonOf(error)}).`, { cause: error });
	});
	return { file, envFile, envText: text, variables: withEnvFile(variables, text) };
}
export interface FoundConfig {
	file: string;
	envFile: string;
	/** Empty when there is no such file. */
	envText: string;
	variables: Variables;
}

/** Configuration and mappings, checked; throws one error whose text is every problem found. */
export async function load(options: CliOptions): Promise<Loaded> {
	const { file, variables } = await findConfig(options);
	const read = readEnvironment(variables);
	if (!read.ok) throw new Error(read.reason);
	const text = await readFile(file, 'utf8').catch((cause: unknown) => {
		const hint = 'Name it with --config or BRIDGE_CONFIG; messlo-bridge.example.yaml is one to begin with.';
		throw new Error(`The configuration ${file} cannot be read (${reasonOf(cause)}). ${hint}`, { cause });
	});
	const reading = readConfig({ file, text, env: variables });
	if (!reading.ok) throw new Error(summary(formatProblems(reading.problems), reading.problems.length));
	const { config } = reading;
	const { mappings, problems: ofMappings } = await loadMappings(config.messages, {
		sources: config.sources.map(({ id }) => id),
		layouts: await layoutNames(config.documents.layouts),
	});
	const problems = [...checkPhones(config, file, text), ...ofMappings];
	if (problems.length > 0) throw new Error(summary(formatProblems(problems), problems.length));
	return { config, mappings, logLevel: read.environment.logLevel };
}

const summary = (text: string, count: number): string =>
	`${text}\n\n${count} ${count === 1 ? 'problem' : 'problems'}. Nothing was started.`;

/** Every folder of layouts is the name of a document. */
async function layoutNames(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}
