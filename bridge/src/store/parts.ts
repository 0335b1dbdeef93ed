import type { Store } from './store';

/** The parts of a ledger that every engine builds one by one. */
export type Events = Pick<
	Store,
	'saveEvent' | 'unplannedEvents' | 'latestOrder' | 'stateBefore' | 'eventsOf' | 'isClosed' | 'replan' | 'event'
>;
export type Plans = Pick<Store, 'planEvent' | 'renewMessage' | 'withdraw'>;
export type Claims = Pick<Store, 'dueLanes' | 'claimDue' | 'nextDue'>;
export type Follow = Pick<Store, 'follow' | 'changes' | 'outcome' | 'tally' | 'cursor' | 'saveCursor'>;
export type Lists = Pick<Store, 'events' | 'messages' | 'message' | 'counts'>;
export type People = Pick<Store, 'suppress' | 'unsuppress' | 'suppression' | 'suppressions' | 'messageByApiId'>;
export type Privacy = Pick<Store, 'recordsOf' | 'erase' | 'prune'>;
