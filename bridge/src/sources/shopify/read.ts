import type { Reading } from '../../domain';
import { parseBody } from '../exact-json';
import type { StoredDelivery } from '../source';
import type { Reader } from './read-order';
import { TOPICS } from './topics';

/** Reads any verified delivery of a shop; never throws, whatever the bytes. */
export const shopifyReader =
	(reader: Reader) =>
	({ topic, body, headers }: StoredDelivery): Reading => {
		const read = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined;
		if (read === undefined) return { kind: 'ignored', reason: `nothing reads the topic '${topic.slice(0, 80)}'` };
		let payload: unknown;
		try {
			// Of bytes that are not UTF-8 too: a broken letter in a note must not cost an order.
			payload = parseBody(body);
		} catch {
			return { kind: 'unreadable', reason: 'the body is not JSON' };
		}
		return read(payload, { reader, topic, headers });
	};
