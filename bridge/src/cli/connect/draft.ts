import type { Source } from '../../sources/source';
import type { Config } from '../../config/config';
import type { Interview } from './questions';
import type { Place } from './place';
import { sourcesIn, type WrittenSource } from './put-source';
import { Stopped } from './terminal';

/** What a person said of a source, checked: how it is written, its secrets by variable, and the source that came of it. */
export interface Draft {
	written: WrittenSource;
	secrets: Record<string, string>;
	source: Source;
}

export interface ConnectRoom {
	place: Place;
	interview: Interview;
	defaults: Config['defaults'];
	/** Options of the command line. */
	flag(name: string): string | undefined;
}

type ConfiguredSource = Config['sources'][number];

/** Asks for the id of the source; one that is there is changed only when the person says so. */
export async function askId<Kind extends ConfiguredSource['kind']>(
	{ interview, place }: ConnectRoom,
	kind: Kind,
	proposal: string,
): Promise<{ id: string; existing?: Extract<ConfiguredSource, { kind: Kind }> }> {
	const find = (id: string) => place.config?.sources.find((source) => source.id === id);
	const id = await interview.ask({
		flag: 'id',
		ask: 'Name of this source',
		where: 'Short, and kept for ever: it is part of the webhook address, and ties orders to messages.',
		enter: proposal,
		check: (answer) => {
			if (!/^[a-z0-9][a-z0-9_-]*$/.test(answer))
				return {
					ok: false,
					reason: `'${answer}' cannot be part of an address: small letters, digits, - and _.`,
					suggestion: idFrom(answer),
				};
			const other = find(answer);
			if (other && other.kind !== kind)
				return { ok: false, reason: `'${answer}' is a ${other.kind} source already. Choose another name.` };
			return { ok: true, value: answer };
		},
	});
	const existing = find(id);
	if (existing?.kind !== kind) return { id };
	if (!(await interview.confirm('update', `'${id}' is there already. Change it?`)))
		throw new Stopped('Nothing was changed.');
	return { id, existing: existing as Extract<ConfiguredSource, { kind: Kind }> };
}

/** "Acme Handlooms!" → "acme-handlooms" */
export const idFrom = (name: string): string =>
	name
		.toLowerCase()
		.normalize('NFKD')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 30) || 'shop';

/** "acme", "client secret" → ACME_CLIENT_SECRET */
export const variableName = (id: string, what: string): string =>
	`${/^\d/.test(id) ? '_' : ''}${id}_${what}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');

export interface Secret {
	value: string;
	/** The variable it is kept in. */
	name: string;
}
export interface Secrets {
	/** As the configuration writes them: one that did not change stays as it was written. */
	written: Record<string, unknown>;
	plain: Record<string, string | string[]>;
	/** Those that have to be kept, by variable. */
	kept: Record<string, string>;
}

/** Secrets of a source by key of the configuration; `undefined` removes the key. */
export function secretKeys(
	{ place }: ConnectRoom,
	id: string,
	secrets: Readonly<Record<string, Secret | undefined>>,
	existing: object | undefined,
): Secrets {
	const before = sourcesIn(place.text ?? '').find((source) => source['id'] === id);
	const keys: Secrets = { written: {}, plain: {}, kept: {} };
	for (const [key, secret] of Object.entries(secrets)) {
		keys.written[key] = undefined;
		if (secret === undefined) continue;
		const { value, name } = secret;
		const list = key === 'secrets';
		const now: unknown = Reflect.get(existing ?? {}, key);
		const same = now === value || (list && Array.isArray(now) && now[0] === value);
		keys.plain[key] = list ? [value] : value;
		keys.written[key] = same ? before?.[key] : list ? [`\${${name}}`] : `\${${name}}`;
		if (!same) keys.kept[name] = value;
	}
	return keys;
}
