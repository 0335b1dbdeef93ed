import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

export interface LayoutFolder {
	/** Layouts read nothing outside of it. */
	folder: string;
	main: string;
}

/** The folder of a layout and its main file: named like the document, or `invoice.typ` in a copy that kept the name. */
export function findLayout(layouts: string, document: string): LayoutFolder {
	if (!/^[a-z0-9][a-z0-9_-]*$/i.test(document)) {
		throw new Error(
			`'${document}' cannot be the name of a document. Use the name of a folder in ${layouts}: letters, digits, - and _.`,
		);
	}
	const folder = join(layouts, document);
	const main = [`${document}.typ`, 'invoice.typ'].map((name) => join(folder, name)).find((file) => existsSync(file));
	if (main !== undefined) return { folder, main };
	throw new Error(
		`There is no layout for the document '${document}': ${join(folder, `${document}.typ`)} is missing. ${known(layouts)}`,
	);
}

function known(layouts: string): string {
	if (!existsSync(layouts)) return `The folder ${layouts} does not exist: correct the path of the layouts.`;
	const names = readdirSync(layouts, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== 'fonts')
		.map((entry) => entry.name);
	return `Layouts there are: ${names.join(', ') || 'none'}. Copy the folder 'invoice' and change it.`;
}

/** Changes when any file of the folder does. Throws at a link that leads out of it: Typst would follow. */
export function stampOf(folder: string): string {
	const root = realpathSync(folder);
	const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
	const links = entries.filter((entry) => entry.isSymbolicLink()).map(({ parentPath, name }) => join(parentPath, name));
	const outside = links.find((link) => !isWithin(root, link));
	if (outside !== undefined)
		throw new Error(`${outside} is a link to what is outside of the layout. Put the file itself into ${folder}.`);
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => {
			const file = join(entry.parentPath, entry.name);
			const { mtimeMs, size } = statSync(file);
			return `${file}:${mtimeMs}:${size}`;
		})
		.sort()
		.join('\n');
}

/** Links of one file to another of the folder are how Kubernetes mounts a folder. One that leads nowhere is no harm. */
function isWithin(root: string, link: string): boolean {
	const target = existsSync(link) ? relative(root, realpathSync(link)) : '';
	return target.split(sep)[0] !== '..' && !isAbsolute(target);
}
