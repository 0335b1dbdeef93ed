/** 500 webhooks a second, about what is planned in one: beyond that, planning would hold up the answers. */
const STORM = { webhooks: 50, inMs: 100 };
/** So many at once after a quiet tenth of a second may be the beginning of a storm: within this time it is known. */
const CROWD = { webhooks: 8, knownMs: 50 };

/** What pours in, as the work behind the answers sees it. */
export interface Traffic {
	/** For how many ms webhooks have been pouring in, more than this thread can plan meanwhile; undefined when they are not. */
	storm(): number | undefined;
	/** For how many ms it is not known yet whether what began to come is a storm; undefined when it is known. */
	gathering(): number | undefined;
	/** How many webhooks have come in the last tenth of a second, or in the last two. */
	lately(): number;
}

/** Counts webhooks in windows of time. Times are milliseconds of any clock that only goes forward. */
export class Arrivals {
	private start = Number.NEGATIVE_INFINITY;
	private now = 0;
	private before = 0;
	private since: number | undefined;

	count(at: number): void {
		if (at - this.start >= STORM.inMs) {
			this.before = this.inThis(at);
			this.now = 0;
			this.start = at;
		}
		this.now += 1;
		if (this.pouring(at)) this.since ??= at;
		else this.since = undefined;
	}

	/** For how many ms webhooks have been pouring in, more than can be planned meanwhile; undefined when they are not. */
	storm(at: number): number | undefined {
		return this.since !== undefined && this.pouring(at) ? at - this.since : undefined;
	}

	/** For how many more ms it is open whether this crowd is the beginning of a storm. */
	gathering(at: number): number | undefined {
		const left = this.start + CROWD.knownMs - at;
		const isCrowd = this.now >= CROWD.webhooks && this.before < CROWD.webhooks;
		return left > 0 && isCrowd && !this.pouring(at) ? left : undefined;
	}

	lately(at: number): number {
		return this.inThis(at) + this.inLast(at);
	}

	private pouring(at: number): boolean {
		return this.inThis(at) >= STORM.webhooks || this.inLast(at) >= STORM.webhooks;
	}

	/** Webhooks of the newest window, until the one after it has passed as well. */
	private inThis(at: number): number {
		return at - this.start < 2 * STORM.inMs ? this.now : 0;
	}

	/** Of the window before, while the newest lasts. */
	private inLast(at: number): number {
		return at - this.start < STORM.inMs ? this.before : 0;
	}
}
