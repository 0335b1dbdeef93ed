import type { Source } from '../../sources/source';
import { reasonOf } from '../../reason-of';
import { type Interview, wrapped } from './questions';

/** Asks the shop with the keys that were given, and says what it answered; false when the keys have to be mended. */
export async function proveShop(interview: Interview, { admin }: Source): Promise<boolean> {
	if (!admin) throw new Error('These keys open nothing: the bridge has no way to ask this shop.');
	try {
		const { name, domain } = await admin.whoAmI();
		interview.say(`  ✓ the keys work: “${name}” (${domain})`);
		const [newest] = await admin.latest(1);
		interview.say(
			newest === undefined
				? '  ✓ orders can be read; there is none yet'
				: `  ✓ orders can be read: the newest is ${newest.name}, changed ${newest.updatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
		);
		return true;
	} catch (error) {
		if (!interview.asking) throw error;
		interview.say(wrapped(`✗ ${reasonOf(error)}`));
		interview.say('  Mend it there and press Enter at each question, or write another answer.');
		return false;
	}
}
