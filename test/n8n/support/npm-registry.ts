import { createHash } from 'node:crypto';
import type { Host } from './fake-internet.ts';

export const NPM = 'registry.npmjs.org';

/** npm as it will be once this tarball is published. */
export function npmRegistry(name: string, version: string, tarball: Buffer): Host {
	const manifest = {
		name,
		version,
		dist: {
			tarball: `https://${NPM}/package.tgz`,
			integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
			shasum: createHash('sha1').update(tarball).digest('hex'),
		},
	};
	const answers: Record<string, unknown> = {
		'/package.tgz': tarball,
		[`/${name}`]: { name, 'dist-tags': { latest: version }, versions: { [version]: manifest } },
		[`/${name}/${version}`]: manifest,
	};
	return ({ path }) => (path in answers ? { body: answers[path] } : undefined);
}
