import { constants } from 'node:fs';
import { copyFile, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import type { Config } from '../../config/config';
import { setInEnvFile } from '../../config/env-file';
import type { Variables } from '../../config/environment';
import { readConfig } from '../../config/read-config';
import { formatProblems } from '../../problem';
import { type CliOptions, findConfig } from '../load';

/** The configuration as it is before anything is asked. */
export interface Place {
	file: string;
	envFile: string;
	envText: string;
	/** Undefined while there is no such file. */
	text?: string;
	config?: Config;
	/** Those of the process, then those of the file of secrets. */
	variables: Variables;
	/** Those of the process alone: what is set there wins over the file. */
	own: Variables;
}

/** Reads what there is. A configuration with mistakes is not added to: they are told, and nothing begins. */
export async function findPlace(options: CliOptions): Promise<Place> {
	const { file, envFile, envText, variables } = await findConfig(options);
	const text = await readFile(file, 'utf8').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	});
	const place = { file, envFile, envText, variables, own: options.variables };
	if (text === undefined) return place;
	const reading = readConfig({ file, text, env: variables });
	if (reading.ok) return { ...place, text, config: reading.config };
	throw new Error(`${formatProblems(reading.problems)}\n\nMend this first, then connect. Nothing was changed.`);
}

/** The configuration that this text would be, with these secrets; throws every problem it has. */
export function configOf({ file, variables }: Place, text: string, secrets: Readonly<Record<string, string>>): Config {
	const reading = readConfig({ file, text, env: { ...variables, ...secrets } });
	if (reading.ok) return reading.config;
	throw new Error(`This would not be a good configuration:\n${formatProblems(reading.problems)}\nNothing was changed.`);
}

/** Writes secrets, then the configuration: never one that names a secret which is not there. Each file is whole, old or new. */
export async function writePlace(place: Place, text: string, secrets: Readonly<Record<string, string>>): Promise<void> {
	if (Object.keys(secrets).length > 0) await replaceFile(place.envFile, setInEnvFile(place.envText, secrets), 0o600);
	if (text !== place.text) await replaceFile(place.file, text);
}

/** `mode` of the file; without, that of the file there was. */
export async function replaceFile(path: string, text: string, mode?: number): Promise<void> {
	const target = await realpath(path).catch(() => path);
	const draft = `${target}.${process.pid}.new`;
	try {
		// The copy has the old file's mode.
		if (mode === undefined) await copyFile(target, draft, constants.COPYFILE_EXCL).catch(() => undefined);
		await writeFile(draft, text, mode === undefined ? {} : { mode });
		await rename(draft, target);
	} finally {
		await rm(draft, { force: true });
	}
}
