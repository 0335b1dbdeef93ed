import { suggest } from '../yaml/nearest';
import type { Path } from '../yaml/read-yaml';
import type { MappingFile } from './mapping-schema';

/** What the rest of the installation has, to check names against. Absent: not checked. */
export interface Surroundings {
	/** Names of document layouts. */
	layouts?: readonly string[];
	/** Ids of configured sources. */
	sources?: readonly string[];
}
type Note = (path: Path, message: string, fix: string) => void;

const KINDS = ['shopify', 'woocommerce', 'google-sheets', 'google-calendar'];

/** Names in a mapping that nothing bears, and numbers of variables that leave a gap. */
export function checkNames(
	{ header, sources, variables }: MappingFile,
	{ layouts, sources: ids }: Surroundings,
	note: Note,
): void {
	const numbered = Object.keys(variables).toSorted((a, b) => Number(a) - Number(b));
	const gap = numbered.findIndex((key, index) => key !== String(index + 1));
	if (gap >= 0)
		note(
			['variables', numbered[gap] ?? ''],
			`variable '${numbered[gap]}' stands where '${gap + 1}' is expected`,
			'number the variables "1", "2", "3" … without a gap',
		);

	if (header?.document !== undefined && layouts && !layouts.includes(header.document))
		note(
			['header', 'document'],
			`there is no layout '${header.document}'`,
			layouts.length > 0 ? suggest(header.document, layouts) : 'add a folder of that name to templates/documents',
		);

	const known = [...KINDS, ...(ids ?? [])];
	sources?.forEach((source, index) => {
		if (ids && !known.includes(source))
			note(['sources', index], `there is no source '${source}'`, suggest(source, known));
	});
}
