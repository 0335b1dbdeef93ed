import { eventsBattery } from './battery/events';
import { followingBattery } from './battery/following';
import { keepingBattery } from './battery/keeping';
import { lanesBattery } from './battery/lanes';
import { listsBattery } from './battery/lists';
import { lookingBattery } from './battery/looking';
import { orderBattery } from './battery/order';
import { peopleBattery } from './battery/people';
import { planningBattery } from './battery/planning';
import { privacyBattery } from './battery/privacy';
import { queueBattery } from './battery/queue';
import { type OpenLedger, type TestLedger, testLedger } from './battery/ledger';

/** What every engine of the ledger must do. Each test has an empty ledger of its own. */
export function storeBattery(name: string, open: OpenLedger): void {
	describe(`${name}: the battery of all stores`, () => {
		const ledger: TestLedger = testLedger(open);
		eventsBattery(ledger);
		planningBattery(ledger);
		queueBattery(ledger);
		orderBattery(ledger);
		lanesBattery(ledger);
		lookingBattery(ledger);
		listsBattery(ledger);
		keepingBattery(ledger);
		followingBattery(ledger);
		peopleBattery(ledger);
		privacyBattery(ledger);
	});
}
