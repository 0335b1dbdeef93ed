import type { Reading } from '../../../bridge/src/domain';
import { readReply } from '../../../bridge/src/journey/replies/read';
import type { StoredEvent } from '../../../bridge/src/store/store';

const event = (body: unknown): StoredEvent => ({
	id: 'evt_9',
	source: 'clinic',
	topic: 'reply.button',
	state: 'stored',
	receivedAt: new Date('2026-11-20T10:00:01Z'),
	duplicates: 0,
	byHand: false,
	headers: {},
	body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const BODY = {
	id: 'wamid.1',
	button: 'Confirm',
	text: 'Confirm',
	at: '2026-11-20T10:00:00Z',
	from: '+919876543210',
	message: { id: 'msg_3', mapping: 'reminder', template: 'appointment_reminder', subject: 'meeting-1', event: 'evt_2' },
};
const row = { number: '7', Name: 'Asha' };

test('a reply to a row or an appointment brings it along', async () => {
	const original: Reading = { kind: 'event', event: 'sheet.row', occurredAt: BODY.at, subject: 'meeting-1', row };
	const asked: string[] = [];
	const reading = await readReply(event(BODY), async (id) => {
		asked.push(id);
		return original;
	});
	expect(asked).toEqual(['evt_2']);
	expect(reading).toMatchObject({
		kind: 'event',
		event: 'reply.button',
		subject: 'meeting-1',
		phone: '+919876543210',
		key: 'reply/wamid.1',
		row,
		reply: { button: 'Confirm', to: { id: 'msg_3', mapping: 'reminder', template: 'appointment_reminder' } },
	});
});

test('a reply whose original is gone is still a reply', async () => {
	const reading = await readReply(event(BODY), async () => undefined);
	expect(reading).toMatchObject({ kind: 'event', subject: 'meeting-1' });
	expect(reading).not.toHaveProperty('row');
});

test.each(['', '{', '[]', '{"id":"1"}'])('%j, of an erased or broken reply, is unreadable', async (body) => {
	expect(await readReply(event(body), async () => undefined)).toMatchObject({ kind: 'unreadable' });
});
