import type { SandboxClock } from './clock';
import type { Faults } from './faults';
import type { Journal } from './journal';
import type { State } from './state';

export interface Settings {
	apiKey: string;
	/** Key of the login app that is there from the start. */
	loginKey: string;
	approve: 'at-once' | 'by-hand';
	/** Whether creating a campaign starts it, or only sendCampaign does: the contract leaves it open. */
	campaigns: 'at-once' | 'by-hand';
	/** After sending, by the sandbox's clock. */
	deliveryMs: { delivered: number; read: number };
	mediaTimeoutMs: number;
}

/** What every handler and control route works on. `state` is replaced on reset: read it from here each time. */
export interface World {
	/** Where the sandbox is reached. */
	url: string;
	settings: Settings;
	clock: SandboxClock;
	state: State;
	journal: Journal;
	faults: Faults;
	/** Tells open phone pages to look again; `inMs` for something that shows only then. */
	changed(inMs?: number): void;
}
