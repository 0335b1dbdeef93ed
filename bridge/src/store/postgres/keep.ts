import { messageRow, toDocument } from '../sqlite/rows';
import type { Store } from '../store';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import { prepared, statement } from './statement';

type Keep = Pick<Store, 'saveDocument' | 'document' | 'setting' | 'replaceSetting' | 'ping'>;

const SAVE_DOCUMENT = statement(`
	INSERT INTO documents (id, message_id, name, content, created_at, expires_at) VALUES ($id, $message, $name, $content, $createdAt, $expiresAt)
	ON CONFLICT (id) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at`);
const DOCUMENT = prepared('document', `SELECT * FROM documents WHERE id = $id`);
const MAKE_SETTING = statement(`INSERT INTO settings (name, value) VALUES ($name, $value) ON CONFLICT DO NOTHING`);
const SETTING = statement(`SELECT value FROM settings WHERE name = $name`);
const REPLACE_SETTING = statement(`UPDATE settings SET value = $to WHERE name = $name AND value = $from`);
const PING = prepared(
	'ping',
	`INSERT INTO settings (name, value) VALUES ('ping', $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
);

/** Documents and settings. */
export function keepStore({ single, accepting }: Database, commit: GroupCommit): Keep {
	return {
		saveDocument: (document) =>
			commit.write(async (on) => {
				const [message, createdAt, expiresAt] = [
					messageRow(document.message),
					document.createdAt.getTime(),
					document.expiresAt.getTime(),
				];
				await SAVE_DOCUMENT.run(on, { ...document, message, createdAt, expiresAt });
			}),
		document: async (id) => {
			const row = await DOCUMENT.get(single, { id });
			return row && toDocument(row);
		},
		setting: async (name, make) => {
			const kept = await SETTING.get(single, { name });
			if (kept) return String(kept['value']);
			const value = make();
			return commit.write(async (on) => {
				await MAKE_SETTING.run(on, { name, value });
				return String((await SETTING.get(on, { name }))?.['value']);
			});
		},
		replaceSetting: (name, from, to) =>
			commit.write(async (on) => (await REPLACE_SETTING.run(on, { name, from, to })) === 1),
		ping: async () => {
			await PING.run(accepting, { value: String(Date.now()) });
		},
	};
}
