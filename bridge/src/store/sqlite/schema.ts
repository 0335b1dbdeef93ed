/** The head of a subject, as the fourth migration has it. */
const NEW_HEAD = [
	`UPDATE messages SET head = 0 WHERE head = 1 AND source = NEW.source AND subject = NEW.subject AND state NOT IN ('sending', 'unknown');`,
	`UPDATE messages SET head = 1 WHERE id = (SELECT id FROM messages
		WHERE source = NEW.source AND subject = NEW.subject AND state IN ('waiting', 'sending', 'unknown') ORDER BY planned_for, id LIMIT 1)
		AND NOT EXISTS (SELECT 1 FROM messages WHERE head = 1 AND source = NEW.source AND subject = NEW.subject);`,
].join('\n');

/** Versioned by `PRAGMA user_version`: a migration is appended, never edited. Times are milliseconds since 1970. */
export const MIGRATIONS: readonly string[] = [
	`
	CREATE TABLE events (
		id INTEGER PRIMARY KEY,
		source TEXT NOT NULL,
		topic TEXT NOT NULL,
		delivery_key TEXT NOT NULL,
		event_key TEXT,
		received_at INTEGER NOT NULL,
		verified_at INTEGER NOT NULL,
		triggered_at TEXT,
		headers TEXT NOT NULL,
		body BLOB NOT NULL,
		state TEXT NOT NULL,
		reason TEXT,
		event TEXT,
		subject TEXT,
		occurred_at INTEGER,
		carries_order INTEGER NOT NULL DEFAULT 0,
		closes TEXT,
		waits_for TEXT,
		planned_at INTEGER,
		duplicates INTEGER NOT NULL DEFAULT 0,
		by_hand INTEGER NOT NULL DEFAULT 0
	);
	CREATE UNIQUE INDEX events_delivery ON events (source, delivery_key);
	CREATE UNIQUE INDEX events_event ON events (source, event_key) WHERE event_key IS NOT NULL;
	CREATE INDEX events_state ON events (state, waits_for);
	CREATE INDEX events_waiting ON events (source, waits_for) WHERE waits_for IS NOT NULL;
	CREATE INDEX events_orders ON events (source, subject, occurred_at) WHERE carries_order = 1;
	CREATE INDEX events_closes ON events (source, closes) WHERE closes IS NOT NULL;

	CREATE TABLE messages (
		id INTEGER PRIMARY KEY,
		event_id INTEGER NOT NULL REFERENCES events (id),
		source TEXT NOT NULL,
		subject TEXT NOT NULL,
		mapping TEXT NOT NULL,
		template TEXT NOT NULL,
		language TEXT,
		recipient TEXT,
		variables TEXT NOT NULL,
		header TEXT,
		sender TEXT,
		once_key TEXT NOT NULL UNIQUE,
		state TEXT NOT NULL,
		reason TEXT,
		cause TEXT,
		media_url TEXT,
		api_message_id TEXT,
		created_at INTEGER NOT NULL,
		planned_for INTEGER NOT NULL,
		due_at INTEGER NOT NULL,
		expires_at INTEGER,
		attempted_at INTEGER,
		sent_at INTEGER,
		delivered_at INTEGER,
		read_at INTEGER,
		look_at INTEGER,
		looks INTEGER NOT NULL DEFAULT 0,
		attempts INTEGER NOT NULL DEFAULT 0,
		worker TEXT
	);
	CREATE INDEX messages_due ON messages (due_at) WHERE state = 'waiting';
	CREATE INDEX messages_open ON messages (source, subject, planned_for, id) WHERE state IN ('waiting', 'sending', 'unknown');
	CREATE INDEX messages_unfinished ON messages (state, due_at) WHERE state IN ('sending', 'unknown');
	CREATE INDEX messages_looks ON messages (look_at) WHERE look_at IS NOT NULL;
	CREATE INDEX messages_causes ON messages (cause) WHERE state = 'held';
	CREATE INDEX messages_state ON messages (state);
	CREATE INDEX messages_event ON messages (event_id);
	CREATE INDEX messages_subject ON messages (source, subject);
	CREATE INDEX messages_recipient ON messages (recipient);

	CREATE TABLE attempts (
		id INTEGER PRIMARY KEY,
		message_id INTEGER NOT NULL REFERENCES messages (id),
		at INTEGER NOT NULL,
		duration_ms INTEGER NOT NULL,
		status INTEGER,
		outcome TEXT NOT NULL,
		reason TEXT NOT NULL
	);
	CREATE INDEX attempts_message ON attempts (message_id);

	CREATE TABLE documents (
		id TEXT PRIMARY KEY,
		message_id INTEGER NOT NULL REFERENCES messages (id),
		name TEXT NOT NULL,
		content BLOB NOT NULL,
		created_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL
	);
	CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
	`,
	`
	-- Change feeds: only of the sources that somebody follows.
	CREATE TABLE followed (source TEXT PRIMARY KEY);
	CREATE TABLE changes (
		number INTEGER PRIMARY KEY AUTOINCREMENT,
		source TEXT NOT NULL,
		event_id INTEGER NOT NULL,
		message_id INTEGER,
		what TEXT NOT NULL UNIQUE
	);
	CREATE INDEX changes_source ON changes (source, number);
	CREATE TRIGGER changes_new_message AFTER INSERT ON messages
		WHEN EXISTS (SELECT 1 FROM followed WHERE source = NEW.source)
		BEGIN INSERT OR REPLACE INTO changes (source, event_id, message_id, what) VALUES (NEW.source, NEW.event_id, NEW.id, 'm' || NEW.id); END;
	CREATE TRIGGER changes_message AFTER UPDATE OF state ON messages
		WHEN NEW.state <> 'sending' AND EXISTS (SELECT 1 FROM followed WHERE source = NEW.source)
		BEGIN INSERT OR REPLACE INTO changes (source, event_id, message_id, what) VALUES (NEW.source, NEW.event_id, NEW.id, 'm' || NEW.id); END;
	CREATE TRIGGER changes_new_event AFTER INSERT ON events
		WHEN NEW.state = 'unreadable' AND EXISTS (SELECT 1 FROM followed WHERE source = NEW.source)
		BEGIN INSERT OR REPLACE INTO changes (source, event_id, what) VALUES (NEW.source, NEW.id, 'e' || NEW.id); END;
	CREATE TRIGGER changes_event AFTER UPDATE OF state ON events
		WHEN NEW.state IN ('ignored', 'unreadable') AND EXISTS (SELECT 1 FROM followed WHERE source = NEW.source)
		BEGIN INSERT OR REPLACE INTO changes (source, event_id, what) VALUES (NEW.source, NEW.id, 'e' || NEW.id); END;

	CREATE TABLE suppressions (
		id INTEGER PRIMARY KEY,
		phone TEXT NOT NULL UNIQUE,
		scope TEXT NOT NULL,
		reason TEXT NOT NULL,
		at INTEGER NOT NULL
	);
	CREATE INDEX messages_api ON messages (api_message_id) WHERE api_message_id IS NOT NULL;
	CREATE INDEX events_subject ON events (source, subject) WHERE subject IS NOT NULL;
	`,
	`
	ALTER TABLE events ADD COLUMN person TEXT;
	CREATE INDEX events_person ON events (person) WHERE person IS NOT NULL;
	CREATE INDEX events_received ON events (received_at);
	CREATE INDEX documents_message ON documents (message_id);
	CREATE INDEX documents_expires ON documents (expires_at);
	`,
	`
	-- Which of a subject's open messages may leave: the one that is on its way, else the first of those that wait. Kept by triggers, so that
	-- what is due is found without a look at all that is behind it.
	ALTER TABLE messages ADD COLUMN head INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE messages ADD COLUMN lane TEXT AS (coalesce(sender, '') || '/' || mapping) VIRTUAL;
	ALTER TABLE messages ADD COLUMN stage_parcel TEXT;
	ALTER TABLE messages ADD COLUMN stage_rank INTEGER;
	ALTER TABLE messages ADD COLUMN stage_at INTEGER;
	DROP INDEX messages_due;
	CREATE INDEX messages_heads ON messages (source, subject) WHERE head = 1;
	CREATE INDEX messages_due ON messages (due_at, id) WHERE state = 'waiting' AND head = 1;
	CREATE INDEX messages_lanes ON messages (lane, due_at, id) WHERE state = 'waiting' AND head = 1;
	CREATE INDEX messages_pairs ON messages (recipient, attempted_at) WHERE attempted_at IS NOT NULL;
	UPDATE messages SET head = 1 WHERE id IN (SELECT id FROM (
		SELECT id, row_number() OVER (PARTITION BY source, subject ORDER BY state = 'waiting', planned_for, id) AS place
		FROM messages WHERE state IN ('waiting', 'sending', 'unknown')) WHERE place = 1);
	CREATE TRIGGER heads_new AFTER INSERT ON messages WHEN NEW.state IN ('waiting', 'sending', 'unknown')
		BEGIN ${NEW_HEAD} END;
	CREATE TRIGGER heads_changed AFTER UPDATE OF state, planned_for ON messages
		WHEN (OLD.state <> NEW.state AND NEW.state <> 'sending') OR OLD.planned_for <> NEW.planned_for
		BEGIN ${NEW_HEAD} END;
	`,
];
