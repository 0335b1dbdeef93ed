import type { Delivery } from '../../../../bridge/src/domain';
import type {
	EventResult,
	Message,
	MessageChange,
	NewAttempt,
	NewMessage,
	Store,
} from '../../../../bridge/src/store/store';
import { MINUTE } from '../../../support/clock';

/** An empty ledger; `reopen` closes it and opens what is on disk. */
export type OpenLedger = () => Promise<{ store: Store; reopen: () => Promise<Store> }>;

/** The moment at which tests begin, and moments after it. */
export const NOW = new Date('2026-11-20T09:00:00Z');
export const after = (ms: number): Date => new Date(NOW.getTime() + ms);

export const WORKER = 'worker-1';

export interface TestLedger {
	readonly store: Store;
	reopen(): Promise<void>;
	/** Stores a delivery; each call is another delivery of another event unless told otherwise. */
	save(delivery?: Partial<Delivery>): Promise<{ id: string; duplicate: boolean }>;
	/** Stores an event and plans these messages for it. */
	plan(messages: Partial<NewMessage>[], result?: Partial<EventResult>, delivery?: Partial<Delivery>): Promise<string[]>;
	/** Claims what is due as the one worker. */
	claim(now?: Date, limit?: number): Promise<Message[]>;
	/** The ids of what is due, claimed. */
	claimIds(now?: Date, limit?: number): Promise<string[]>;
	finish(id: string, change?: Partial<MessageChange>, attempt?: Partial<NewAttempt>): Promise<boolean>;
	/** Plans one message, claims it, and records that the API took it. */
	sent(message?: Partial<NewMessage>, change?: Partial<MessageChange>): Promise<string>;
	message(id: string): Promise<NonNullable<Awaited<ReturnType<Store['message']>>>>;
}

/** Opens a ledger before each test of the describe block that calls this, and closes it after. */
export function testLedger(open: OpenLedger): TestLedger {
	let opened: { store: Store; reopen: () => Promise<Store> };
	let store: Store;
	let number = 0;
	beforeEach(async () => {
		opened = await open();
		store = opened.store;
		number = 0;
	});
	afterEach(() => store.close());

	const ledger: TestLedger = {
		get store() {
			return store;
		},
		reopen: async () => {
			store = await opened.reopen();
		},
		save: (given) => {
			number += 1;
			return store.saveEvent(delivery(number, given), { receivedAt: NOW, verifiedAt: NOW });
		},
		plan: async (messages, result, given) => {
			const { id } = await ledger.save(given);
			const rows = await store.planEvent(
				id,
				{ state: 'mapped', subject: '1001', ...result },
				messages.map(newMessage),
				NOW,
			);
			return rows.map((row) => row.id);
		},
		claim: (now = NOW, limit = 100) => store.claimDue(now, limit, WORKER),
		claimIds: async (now, limit) => (await ledger.claim(now, limit)).map(({ id }) => id),
		finish: (id, change, made) => store.finishAttempt(id, WORKER, attempt(made), { state: 'sent', ...change }),
		sent: async (message = {}, change = {}) => {
			const [id = ''] = await ledger.plan([message]);
			await ledger.claim();
			await ledger.finish(id, { sentAt: NOW, apiMessageId: `api-${id}`, lookAt: after(MINUTE), ...change });
			return id;
		},
		message: async (id) => {
			const found = await store.message(id);
			if (!found) throw new Error(`There is no message ${id}`);
			return found;
		},
	};
	return ledger;
}

let keys = 0;

export const delivery = (number: number, given: Partial<Delivery> = {}): Delivery => ({
	source: 'acme',
	topic: 'orders/create',
	deliveryKey: `delivery-${number}`,
	eventKey: `event-${number}`,
	body: Buffer.from(`{"id":${number}}`),
	headers: { 'x-shopify-topic': 'orders/create' },
	...given,
});

/** A message of a key of its own that is due at once, unless told otherwise. */
export const newMessage = (given: Partial<NewMessage> = {}): NewMessage => ({
	subject: '1001',
	mapping: 'order-confirmation',
	template: 'checkout_invoice',
	language: 'en_US',
	to: '+919876543211',
	variables: { '1': 'Rohit' },
	onceKey: `key-${(keys += 1)}`,
	state: 'waiting',
	dueAt: NOW,
	...given,
});

export const attempt = (given: Partial<NewAttempt> = {}): NewAttempt => ({
	at: NOW,
	durationMs: 12,
	status: 200,
	outcome: 'sent',
	reason: 'accepted by the API',
	...given,
});
