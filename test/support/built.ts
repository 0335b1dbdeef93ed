import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the built bridge, for tests that start it as a process of its own. `npm test` builds before it tests. */
export function builtBridge(file: string): string {
	const path = join(__dirname, '../../bridge/dist/bridge/src', file);
	if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`);
	return path;
}
