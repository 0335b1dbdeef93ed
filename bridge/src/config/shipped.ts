import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The shipped `templates` folder: beside the sources and, further up, beside what they are compiled to. */
export function shippedTemplates(from = __dirname): string {
	const found = join(from, 'templates');
	if (existsSync(join(found, 'messages'))) return found;
	const parent = dirname(from);
	if (parent === from) throw new Error('The shipped templates folder is missing. Install the bridge again.');
	return shippedTemplates(parent);
}

/** The fonts that come with us. */
export const shippedFonts = (): string => join(shippedTemplates(), 'documents', 'fonts');
