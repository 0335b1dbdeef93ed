import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../problem';
import type { Mapping } from './mapping';
import { readMapping, type Surroundings } from './read-mapping';

export interface LoadedMappings {
	mappings: Mapping[];
	problems: Problem[];
}

/** Reads every mapping of a folder (`*.yaml`, not `*.template.yaml`), in the order of their names. */
export async function loadMappings(dir: string, surroundings: Surroundings = {}): Promise<LoadedMappings> {
	const names = await yamlFiles(dir);
	if (names === undefined)
		return {
			mappings: [],
			problems: [
				{
					file: dir,
					line: 1,
					path: '',
					message: 'is not a folder that can be read',
					fix: "mend 'messages:' in the configuration, or create the folder",
				},
			],
		};
	const readings = await Promise.all(
		names.map(async (name) => {
			const file = join(dir, name);
			return readMapping(file, await readFile(file, 'utf8'), surroundings);
		}),
	);
	return {
		mappings: readings.flatMap((reading) => (reading.ok ? [reading.mapping] : [])),
		problems: readings.flatMap((reading) => (reading.ok ? [] : reading.problems)),
	};
}

async function yamlFiles(dir: string): Promise<string[] | undefined> {
	try {
		return (await readdir(dir)).filter((name) => name.endsWith('.yaml') && !name.endsWith('.template.yaml')).sort();
	} catch {
		return undefined;
	}
}
