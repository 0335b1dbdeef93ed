import type { Company } from '../domain';
import type { Source } from './source-schemas';

/** The configuration, checked; defaults filled in, paths absolute, durations in milliseconds, addresses without final slash. */
export interface Config {
	/** The file it was read from. */
	file: string;
	messlo: {
		apiKey: string;
		baseUrl: string;
		sender: string;
		wabaId?: string;
		perSecond: number;
		senderPerSecond?: number;
	};
	server: { host: string; port: number; publicUrl: string; adminToken: string };
	/** `key`: 32 bytes; seals what tells of a person. */
	store: ({ kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string; leaseMs: number }) & {
		key?: Buffer;
		oldKeys: Buffer[];
	};
	defaults: { country?: string; timezone: string };
	company?: Company;
	/** Folder with the mappings and template definitions. */
	messages: string;
	documents: { layouts: string; fonts?: string; linkLifetime: number; privateUrls: boolean };
	/** `every`: undefined when the inbox is not to be read. */
	replies: { every?: number; secret?: string; stop: string[]; start: string[]; stopScope: 'marketing' | 'all' };
	/** In ms. */
	retention: { keep: number };
	sources: Source[];
}
