import { dirname, resolve } from 'node:path';
import { getTimezonesForCountry } from 'countries-and-timezones';
import type { z } from 'zod';
import type { Company } from '../domain';
import type { Problem } from '../problem';
import { problemsOf } from '../yaml/problems-of';
import { readYaml, type YamlText } from '../yaml/read-yaml';
import type { Config } from './config';
import { configSchema } from './config-schema';
import type { Variables } from './environment';
import { START_WORDS, STOP_WORDS } from './replies-words';
import { shippedTemplates } from './shipped';
import type { Source } from './source-schemas';
import { substituteVariables } from './substitute-variables';

export interface ConfigText {
	/** Shown in problems. */
	file: string;
	text: string;
	env: Variables;
	/** What relative paths are relative to; by default the file's folder. */
	baseDir?: string;
}
export type ConfigReading = { ok: true; config: Config } | { ok: false; problems: Problem[] };

const EXAMPLE = 'messlo-bridge.example.yaml';

/** Reads the configuration and finds every problem at once; touches no file and no environment. */
export function readConfig({ file, text, env, baseDir = dirname(resolve(file)) }: ConfigText): ConfigReading {
	const yaml = readYaml(file, text, substituteVariables(env));
	if (yaml.value === undefined) return { ok: false, problems: yaml.problems };
	if (yaml.value === null || typeof yaml.value !== 'object' || Array.isArray(yaml.value))
		return {
			ok: false,
			problems: [
				yaml.problemAt([], 'is not a configuration', `begin with the key 'messlo:'; ${EXAMPLE} shows every key`),
			],
		};
	const parsed = configSchema.safeParse(yaml.value);
	const problems = inOrder([
		...yaml.problems,
		...(parsed.success ? [] : problemsOf(yaml, parsed.error, EXAMPLE).filter((each) => !causedBy(yaml.problems, each))),
		...duplicateIds(yaml),
	]);
	if (!parsed.success || problems.length > 0) return { ok: false, problems };
	return { ok: true, config: finish(parsed.data, file, baseDir) };
}

/** A variable that is not set leaves an empty value behind: telling of it twice helps nobody. */
const causedBy = (causes: readonly Problem[], { line, column, path }: Problem): boolean =>
	causes.some((cause) => cause.path === path && cause.line === line && cause.column === column);

const inOrder = (problems: Problem[]): Problem[] =>
	problems.sort((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0));

function duplicateIds(yaml: YamlText): Problem[] {
	const sources: unknown = Reflect.get(Object(yaml.value), 'sources');
	if (!Array.isArray(sources)) return [];
	const ids = sources.map((source: unknown): unknown => Reflect.get(Object(source), 'id'));
	return ids.flatMap((id, index) =>
		typeof id === 'string' && ids.indexOf(id) < index
			? [
					yaml.problemAt(
						['sources', index, 'id'],
						`'${id}' is the id of two sources`,
						'give each source an id of its own',
					),
				]
			: [],
	);
}

function finish(data: z.infer<typeof configSchema>, file: string, baseDir: string): Config {
	const inBase = (path: string) => resolve(baseDir, path);
	const { host, port, publicUrl, adminToken } = data.server;
	const { country } = data.defaults;
	return {
		file,
		messlo: withoutUndefined(data.messlo),
		server: {
			host,
			port,
			adminToken,
			publicUrl: publicUrl ?? `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`,
		},
		store: storeOf(data.store, inBase),
		defaults: { ...(country === undefined ? {} : { country }), timezone: data.defaults.timezone ?? zoneOf(country) },
		...(data.company ? { company: companyOf(data.company, inBase) } : {}),
		messages: data.messages === undefined ? resolve(shippedTemplates(), 'messages') : inBase(data.messages),
		documents: {
			layouts:
				data.documents.layouts === undefined
					? resolve(shippedTemplates(), 'documents')
					: inBase(data.documents.layouts),
			...(data.documents.fonts === undefined ? {} : { fonts: inBase(data.documents.fonts) }),
			linkLifetime: data.documents.linkLifetime,
			privateUrls: data.documents.privateUrls,
		},
		replies: repliesOf(data.replies),
		retention: data.retention,
		sources: data.sources.map((source): Source =>
			'credentials' in source && source.credentials !== undefined
				? { ...source, credentials: inBase(source.credentials) }
				: source,
		),
	};
}

const storeOf = (
	{ url, key, oldKeys, lease }: z.infer<typeof configSchema>['store'],
	inBase: (path: string) => string,
): Config['store'] => ({
	...(url.startsWith('sqlite:')
		? { kind: 'sqlite', path: inBase(url.slice('sqlite:'.length)) }
		: { kind: 'postgres', url, leaseMs: lease }),
	...(key === undefined ? {} : { key }),
	oldKeys,
});

const repliesOf = ({ every, stop, start, ...replies }: z.infer<typeof configSchema>['replies']): Config['replies'] =>
	withoutUndefined({ ...replies, every: every.ms, stop: stop ?? STOP_WORDS, start: start ?? START_WORDS });

const companyOf = (
	company: NonNullable<z.infer<typeof configSchema>['company']>,
	inBase: (path: string) => string,
): Company => withoutUndefined({ ...company, logo: company.logo === undefined ? undefined : inBase(company.logo) });

function zoneOf(country: string | undefined): string {
	const zones = country === undefined ? [] : getTimezonesForCountry(country);
	return zones?.length === 1 && zones[0] ? zones[0].name : 'UTC';
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
	[K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
	Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>;
