import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Logo {
	/** Name under which layouts see it. */
	name: string;
	bytes: Buffer;
}

const LARGEST = 2_000_000;

/** Reads the company's logo; throws with what to do where it cannot be one. */
export function readLogo(path: string): Logo {
	const file = resolve(path);
	const bytes = read(file);
	const kind = kindOf(bytes);
	if (kind === undefined)
		throw new Error(`company.logo: ${file} is not a PNG, JPEG or SVG picture. Convert it to one of these.`);
	if (bytes.length > LARGEST) {
		throw new Error(
			`company.logo: ${file} has ${bytes.length} bytes, and goes into every invoice. Make it smaller than 2 MB.`,
		);
	}
	return { name: `company-logo.${kind}`, bytes };
}

function read(file: string): Buffer {
	try {
		return readFileSync(file);
	} catch (cause) {
		throw new Error(`company.logo: cannot read ${file}. Correct the path or remove the setting.`, { cause });
	}
}

function kindOf(bytes: Buffer): 'png' | 'jpg' | 'svg' | undefined {
	if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'png';
	if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpg';
	if (/<svg[\s>]/i.test(bytes.toString('utf8', 0, 2000))) return 'svg';
	return undefined;
}
