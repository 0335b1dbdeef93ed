import type { Delivery } from '../../domain';
import { eventId, type Row } from '../sqlite/rows';
import type { EventTimes } from '../store';
import { Batches } from './batches';
import { ACCEPT_MS, type Database } from './database';
import { asJson, statement, withoutNul } from './statement';

type Saved = { id: string; duplicate: boolean };

interface Arrival {
	delivery: Delivery;
	at: EventTimes;
	unreadable: string | undefined;
	resolve: (saved: Saved) => void;
	reject: (error: unknown) => void;
}

/** One batch: what a busy server writes in some 50 ms. */
const MOST = { rows: 400, bytes: 4 * 1024 * 1024 };

const GIVEN = `json_to_recordset($rows::json) AS given (
	n integer, source text, topic text, delivery_key text, event_key text, received_at bigint, verified_at bigint, triggered_at text,
	headers json, state text, reason text, starts integer, length integer)`;

// All bodies are one parameter, cut by the server: an array of bytea would be sent as hexadecimal text.
const INSERT = statement(
	`
	INSERT INTO events (source, topic, delivery_key, event_key, received_at, verified_at, triggered_at, headers, body, state, reason)
	SELECT source, topic, delivery_key, event_key, received_at, verified_at, triggered_at, headers::text,
		substring($bodies::bytea FROM starts FOR length), state, reason
	FROM ${GIVEN} ORDER BY n
	ON CONFLICT DO NOTHING RETURNING id, source, delivery_key`,
	{ name: 'insert-events', timeoutMs: ACCEPT_MS },
);
const REPEAT = statement(
	`
	WITH found AS (
		SELECT n, min(events.id) AS id FROM ${GIVEN} JOIN events ON events.source = given.source
			AND (events.delivery_key = given.delivery_key OR events.event_key = given.event_key)
		GROUP BY n),
	counted AS (
		UPDATE events SET duplicates = duplicates + often.n FROM (SELECT id, count(*) AS n FROM found GROUP BY id) AS often
		WHERE events.id = often.id RETURNING events.id)
	SELECT n, id FROM found JOIN counted USING (id)`,
	{ timeoutMs: ACCEPT_MS },
);
// A delivery that was refused as unreadable (a proxy had taken its content type, say) and now comes whole: it is accepted.
const MEND = statement(
	`
	UPDATE events SET state = 'stored', reason = NULL, event_key = $eventKey, received_at = $received, verified_at = $verified, headers = $headers, body = $body
	WHERE source = $source AND delivery_key = $deliveryKey AND state = 'unreadable' AND planned_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM events AS other WHERE other.source = $source AND other.event_key = $eventKey AND other.delivery_key <> $deliveryKey)
	RETURNING id`,
	{ timeoutMs: ACCEPT_MS },
);

/**
 * Where deliveries are written: those that come while a batch is being written form the next one. A statement of its own for each
 * costs three quarters of the throughput.
 */
export class Accepting {
	private readonly batches = new Batches<Arrival>(nextBatch, (batch) => this.settle(batch));

	constructor(private readonly database: Database) {}

	save(delivery: Delivery, at: EventTimes, unreadable: string | undefined): Promise<Saved> {
		if (this.database.isClosed) return Promise.reject(new Error('the ledger is closed'));
		return new Promise((resolve, reject) => {
			this.batches.add({ delivery, at, unreadable, resolve, reject });
		});
	}

	settled(): Promise<void> {
		return this.batches.settled();
	}

	private async settle(batch: readonly Arrival[]): Promise<void> {
		try {
			await this.write(batch);
		} catch (error) {
			// A delivery that the database refuses must not take the others with it.
			if (batch.length > 1 && Reflect.get(Object(error), 'severity') === 'ERROR')
				for (const each of batch) await this.write([each]).catch(each.reject);
			// Who waits would have to wait as long again, and shops wait five seconds in all.
			else for (const { reject } of [...batch, ...this.batches.drop()]) reject(error);
		}
	}

	private async write(batch: readonly Arrival[]): Promise<void> {
		const on = this.database.accepting;
		const inserted = await INSERT.all(on, asParameters(batch));
		const ids = new Map(inserted.map((row) => [keyOf(row['source'], row['delivery_key']), Number(row['id'])]));
		const rest = batch.filter(({ delivery, resolve }) => {
			const key = keyOf(withoutNul(delivery.source), withoutNul(delivery.deliveryKey));
			const id = ids.get(key);
			if (id === undefined) return true;
			// Of the same delivery twice in one batch the first was inserted.
			ids.delete(key);
			resolve({ id: eventId(id), duplicate: false });
			return false;
		});
		if (rest.length > 0) await this.repeated(rest);
	}

	private async repeated(batch: readonly Arrival[]): Promise<void> {
		const on = this.database.accepting;
		const known: Arrival[] = [];
		for (const each of batch) {
			const { delivery, at, unreadable } = each;
			const mended =
				unreadable === undefined &&
				(await MEND.get(on, {
					...delivery,
					received: at.receivedAt.getTime(),
					verified: at.verifiedAt.getTime(),
					headers: JSON.stringify(delivery.headers),
				}));
			if (mended) each.resolve({ id: eventId(Number(mended['id'])), duplicate: false });
			else known.push(each);
		}
		if (known.length === 0) return;
		const found: Row[] = await REPEAT.all(on, { rows: asParameters(known).rows });
		const ids = new Map(found.map((row) => [Number(row['n']), Number(row['id'])]));
		known.forEach(({ resolve, reject }, n) => {
			const id = ids.get(n);
			// The first one was forgotten in this very moment.
			if (id === undefined) reject(new Error('the delivery repeats one that was just removed: send it again'));
			else resolve({ id: eventId(id), duplicate: true });
		});
	}
}

function nextBatch(waiting: Arrival[]): Arrival[] {
	let bytes = 0;
	const end = waiting.findIndex(({ delivery }, index) => {
		bytes += delivery.body.length;
		return index > 0 && (index >= MOST.rows || bytes > MOST.bytes);
	});
	return waiting.splice(0, end === -1 ? waiting.length : end);
}

const keyOf = (source: unknown, deliveryKey: unknown): string => JSON.stringify([source, deliveryKey]);

function asParameters(batch: readonly Arrival[]): { rows: string; bodies: Buffer } {
	let starts = 1;
	const rows = batch.map(({ delivery, at, unreadable }, n) => {
		const { source, topic, deliveryKey, eventKey, triggeredAt, headers, body } = delivery;
		const row = {
			n,
			source,
			topic,
			delivery_key: deliveryKey,
			event_key: eventKey,
			received_at: at.receivedAt.getTime(),
			verified_at: at.verifiedAt.getTime(),
			triggered_at: triggeredAt,
			headers,
			state: unreadable === undefined ? 'stored' : 'unreadable',
			reason: unreadable,
			starts,
			length: body.length,
		};
		starts += body.length;
		return row;
	});
	return { rows: asJson(rows), bodies: Buffer.concat(batch.map(({ delivery }) => delivery.body)) };
}
