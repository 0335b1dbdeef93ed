import { randomBytes, randomUUID } from 'node:crypto';
import type { Config } from './config/config';
import { documentSettings } from './config/document-settings';
import { adminApi } from './dashboard/admin-api';
import { createLinks } from './documents/link';
import { createMediaCheck } from './documents/media/media-check';
import { createRenderer } from './documents/renderer';
import { type Clock, systemClock } from './domain';
import { createApp, type Health } from './ingress/app';
import type { Traffic } from './ingress/arrivals';
import { listen } from './ingress/server';
import { createJourney, type Journey } from './journey';
import { adminActions } from './journey/admin-actions';
import { feedsOf, openSources } from './journey/open-sources';
import { phonesOf } from './journey/phones';
import type { Rooms } from './journey/rooms';
import { sourceActions } from './journey/source-actions';
import { serveDocument } from './journey/serve-document';
import { takeOver } from './journey/take-over';
import { createTemplateBook } from './journey/template-book';
import { createLogger, type Logger } from './log';
import type { Mapping } from './mapping/mapping';
import { createClient } from './messlo/client';
import { createMetrics } from './metrics';
import { openStore } from './store/open';
import type { Store } from './store/store';
import { reasonOf } from './reason-of';

export interface BridgeOptions {
	config: Config;
	mappings: readonly Mapping[];
	log?: Logger;
	clock?: Clock;
	random?: () => number;
	/** How long the API may take for an answer. */
	apiTimeoutMs?: number;
	/** By default the one that the configuration names. */
	store?: Store;
	/** False: nothing runs by itself, `drain` does what is due. For tests. */
	run?: boolean;
}

export interface Bridge {
	/** Where it listens: http://127.0.0.1:8080 */
	url: string;
	drain(): Promise<void>;
	/** Every source that is fetched from, and how it stands. */
	feeds: Journey['feeds'];
	/** Answers what is under way, lets sends end, closes the ledger. */
	stop(): Promise<void>;
}

/** Requests and sends under way get this long to end. */
const GRACE_MS = 10_000;
const READY_EVERY_MS = 15_000;

/** Builds every room, opens the door and starts the journey. */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
	const {
		config,
		mappings,
		clock = systemClock,
		random = Math.random,
		log = createLogger('info'),
		run = true,
	} = options;
	const renderer = createRenderer({
		...documentSettings(config),
		onMissing: (missing) => {
			log.warn({ stage: 'rendered', ...missing }, 'A document lacks characters that no font has');
		},
	});
	// Before the door opens: starting a process holds this thread up longer than any webhook should wait.
	if (mappings.some(({ header }) => header !== undefined && 'document' in header)) renderer.start();
	const store =
		options.store ??
		(await openStore(config.store, (error) => {
			log.warn({ err: error, stage: 'queue' }, 'The housekeeping of the queue failed; it is tried again');
		}));
	const api = createClient({
		...config.messlo,
		clock,
		...(options.apiTimeoutMs === undefined ? {} : { timeoutMs: options.apiTimeoutMs }),
	});
	const metrics = createMetrics(() => store.counts());
	const links = createLinks(await store.setting('documents.key', () => randomBytes(32).toString('hex')));
	const sources = openSources(config, clock);
	const rooms: Rooms = {
		config,
		clock,
		random,
		log,
		metrics,
		store,
		mappings,
		renderer,
		links,
		checkMedia: createMediaCheck({
			now: () => clock.now(),
			...(config.documents.privateUrls ? { isAllowed: () => true } : {}),
		}),
		api,
		sources,
		phones: phonesOf(sources),
		templates: createTemplateBook(api, config.messlo.wabaId, clock),
		worker: randomUUID(),
	};
	await takeOver(rooms);

	let traffic: Traffic = { storm: () => undefined, gathering: () => undefined, lately: () => 0 };
	const journey = createJourney(rooms, () => traffic, feedsOf(sources));
	const onError = (error: unknown) => {
		log.error({ err: error }, 'a request failed');
	};
	const app = createApp({
		document: serveDocument(rooms),
		ready: readiness(rooms),
		metrics: async () => ({ type: metrics.registry.contentType, text: await metrics.registry.metrics() }),
		admin: adminApi(
			config.server.adminToken,
			store,
			{
				...adminActions(rooms, () => {
					journey.wake();
				}),
				...sourceActions(rooms, journey),
			},
			() => clock.now(),
		),
		https: config.server.publicUrl.startsWith('https:'),
		onError,
	});
	const server = await listen(config.server.host, config.server.port, {
		accept: journey.accept,
		app,
		now: () => clock.now(),
		onError,
	});
	traffic = server;
	if (config.server.port === 0) config.server.publicUrl = config.server.publicUrl.replace(/:0$/, `:${server.port}`);
	if (run) journey.start();

	return {
		url: `http://${config.server.host.includes(':') ? `[${config.server.host}]` : config.server.host}:${server.port}`,
		drain: () => journey.drain(),
		feeds: () => journey.feeds(),
		stop: async () => {
			const asked = performance.now();
			await server.close(GRACE_MS);
			const ended = await endsWithin(journey.stop(), GRACE_MS - (performance.now() - asked));
			if (!ended) log.warn({ stage: 'stopping' }, 'The API did not answer in time; the next start reads threads first');
			renderer.close();
			await store.close();
			log.flush();
		},
	};
}

async function endsWithin(work: Promise<void>, ms: number): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => {
			resolve(false);
		}, ms);
	});
	return Promise.race([work.then(() => true), late]).finally(() => {
		clearTimeout(timer);
	});
}

/** The store takes a write and the API answers our key; asked anew only every few seconds, since anyone may ask. */
function readiness({ store, api, clock }: Rooms): () => Promise<Health> {
	let last: { at: number; health: Promise<Health> } | undefined;
	const said = async (work: Promise<unknown>) =>
		work.then(
			() => 'ok',
			(error: unknown) => reasonOf(error),
		);
	const ask = async (): Promise<Health> => {
		const checks = { store: await said(store.ping()), api: await said(api.ask('connection.getMany', {})) };
		return { ok: Object.values(checks).every((check) => check === 'ok'), checks };
	};
	return () => {
		const now = clock.now().getTime();
		if (!last || Math.abs(now - last.at) > READY_EVERY_MS) last = { at: now, health: ask() };
		return last.health;
	};
}
