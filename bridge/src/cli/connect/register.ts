import type { Config } from '../../config/config';
import type { Source } from '../../sources/source';
import { reasonOf } from '../../reason-of';
import { postSample } from '../sample-webhook';
import { wrapped } from './questions';

type Say = (text?: string) => void;
type ConfiguredSource = Config['sources'][number];

/** Puts the shop's webhooks in place and says which; false when the person has something to do. */
export async function register(say: Say, { server }: Config, { admin, kind, id }: Source): Promise<boolean> {
	if (!admin) return true;
	say('\nWebhooks');
	if (!server.publicUrl.startsWith('https:')) {
		say(
			wrapped(
				`Not registered: a shop posts to https addresses only, and this bridge is at ${server.publicUrl}. Set server.publicUrl to its public address, then run this again. The bridge also registers them by itself, once it runs with that address.`,
			),
		);
		return false;
	}
	const address = `${server.publicUrl}/webhooks/${kind}/${id}`;
	try {
		const { present, created, mended, refused } = await admin.subscribe(address);
		const told = (what: string, topics: readonly string[]) => {
			if (topics.length > 0) say(wrapped(`✓ ${what}: ${topics.join(', ')}`));
		};
		told('registered', created);
		told('mended', mended);
		told('there already', present);
		for (const { topic, reason } of refused) say(wrapped(`✗ ${topic}: ${reason}`));
		say(`  They go to ${address}`);
		return refused.length === 0;
	} catch (error) {
		say(wrapped(`✗ ${reasonOf(error)}`));
		say('  The rest is done; run the same command again to register them.');
		return false;
	}
}

/** Sends a signed sample to the bridge, if it runs, and says what came of it; false when it did not arrive. */
export async function trySample(say: Say, config: Config, source: ConfiguredSource): Promise<boolean> {
	const outcome = await postSample(config, source);
	if (outcome === undefined) return true;
	say('\nTest');
	if (outcome.kind === 'taken') say(`  ✓ ${outcome.url}\n  ✓ ${outcome.detail}`);
	if (outcome.kind === 'refused') say(`  ✗ ${outcome.url}\n${wrapped(outcome.detail)}`);
	if (outcome.kind === 'away')
		say(
			wrapped(
				`No bridge answers at ${outcome.tried.join(' or ')}. Start it, then: messlo-bridge smoke --source ${source.id}`,
			),
		);
	return outcome.kind === 'taken';
}
