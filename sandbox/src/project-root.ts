import { existsSync } from 'node:fs';
import path from 'node:path';

const CONTRACT = path.join('contract', 'messlo-api.openapi.yaml');

/** The folder that holds `contract/`, whether this runs from source (jest) or from sandbox/dist. */
export function projectRoot(from: string = __dirname): string {
	if (existsSync(path.join(from, CONTRACT))) return from;
	const parent = path.dirname(from);
	if (parent === from) throw new Error(`No ${CONTRACT} above ${__dirname}. Run the sandbox from the repository.`);
	return projectRoot(parent);
}

/** Where the contract lies when no other file is named. */
export const contractFile = (): string => path.join(projectRoot(), CONTRACT);

/** The phone page's own files. */
export const publicFolder = (): string => path.join(projectRoot(), 'sandbox', 'public');
