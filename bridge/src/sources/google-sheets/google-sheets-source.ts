import type { Source } from '../source';
import { appsScriptDoor } from './apps-script';
import { driveChannel } from './drive-channel';
import { sheetReader } from './read';
import type { SheetConfig } from './sheet-config';
import { sheetFeed } from './sheet-feed';

/** A sheet whose rows are messages. Without credentials rows come from the Apps Script alone. */
export function googleSheetsSource(config: SheetConfig, { timezone }: { timezone: string }): Source {
	const base = {
		id: config.id,
		kind: 'google-sheets' as const,
		shop: {
			id: config.id,
			domain: 'docs.google.com',
			...(config.name === undefined ? {} : { name: config.name }),
		},
		read: sheetReader(config),
	};
	const door = appsScriptDoor(config);
	if (config.credentials === undefined) return { ...base, doors: { 'google-sheets': door } };
	const channel = driveChannel(config);
	return {
		...base,
		doors: { 'google-sheets': door, 'google-drive': channel.door },
		feed: sheetFeed({ ...config, timezone }, channel),
	};
}
