import { crc32 } from 'node:zlib';
import type { Delivery } from '../../../domain';
import type { EventTimes } from '../../store';

/** One accepted delivery, with the row that it gets in the ledger. */
export interface IntakeRecord extends EventTimes {
	row: number;
	delivery: Delivery;
}

/** Bytes before the text: the checksum of all that follows it, the text's length, the body's length. */
const HEAD = 12;

/** A record as it stands in the journal: head, what is known of the delivery as JSON, body. */
export function encodeRecord(row: number, delivery: Delivery, at: EventTimes): [Buffer, Buffer] {
	const { body, source, topic, deliveryKey, eventKey, triggeredAt, headers } = delivery;
	const [receivedAt, verifiedAt] = [at.receivedAt.getTime(), at.verifiedAt.getTime()];
	const text = JSON.stringify({
		row,
		receivedAt,
		verifiedAt,
		source,
		topic,
		deliveryKey,
		eventKey,
		triggeredAt,
		headers,
	});
	const front = Buffer.allocUnsafe(HEAD + Buffer.byteLength(text));
	front.writeUInt32LE(front.length - HEAD, 4);
	front.writeUInt32LE(body.length, 8);
	front.write(text, HEAD);
	front.writeUInt32LE(checksum(front, body), 0);
	return [front, body];
}

const checksum = (front: Buffer, body: Buffer): number => crc32(body, crc32(front.subarray(4)));

/** How long the record is whose first bytes these are; undefined when they are too few to tell. */
export const recordLength = (bytes: Buffer): number | undefined =>
	bytes.length < HEAD ? undefined : HEAD + bytes.readUInt32LE(4) + bytes.readUInt32LE(8);

/** The record at the beginning of these bytes; undefined when it is not whole, which only the last of a journal can be. */
export function decodeRecord(bytes: Buffer): IntakeRecord | undefined {
	const length = recordLength(bytes);
	if (length === undefined || length === HEAD || length > bytes.length) return undefined;
	const front = bytes.subarray(0, HEAD + bytes.readUInt32LE(4));
	const body = bytes.subarray(front.length, length);
	if (checksum(front, body) !== bytes.readUInt32LE(0)) return undefined;
	const { row, receivedAt, verifiedAt, ...known } = JSON.parse(front.toString('utf8', HEAD)) as Omit<
		Delivery,
		'body'
	> & {
		row: number;
		receivedAt: number;
		verifiedAt: number;
	};
	return { row, receivedAt: new Date(receivedAt), verifiedAt: new Date(verifiedAt), delivery: { ...known, body } };
}
