import { Arrivals } from '../../../bridge/src/ingress/arrivals';

/** So many webhooks a second, evenly, for a while; and whether that was a storm at any moment. */
function arrive(arrivals: Arrivals, perSecond: number, seconds: number, from = 0): { seen: boolean; end: number } {
	let seen = false;
	let at = from;
	for (; at < from + seconds * 1000; at += 1000 / perSecond) {
		arrivals.count(at);
		seen ||= arrivals.storm(at) !== undefined;
	}
	return { seen, end: at };
}

test('what is planned as fast as it comes is no storm', () => {
	for (const perSecond of [1, 50, 450]) expect(arrive(new Arrivals(), perSecond, 3).seen).toBe(false);
});

test('more than that is one, from the first tenth of a second to the last', () => {
	const arrivals = new Arrivals();
	const { end } = arrive(arrivals, 5000, 1);
	for (let at = 20; at < 1000; at += 7) {
		const running = new Arrivals();
		arrive(running, 5000, at / 1000);
		expect(running.storm(at)).toBeDefined();
	}
	expect(arrivals.storm(end)).toBeGreaterThan(950);
	expect(arrivals.storm(end)).toBeLessThan(1001);
	expect(arrivals.storm(end + 200)).toBeUndefined();
	expect(arrive(arrivals, 10, 1, end + 250).seen).toBe(false);
});

test('nothing has come yet', () => {
	expect(new Arrivals().storm(0)).toBeUndefined();
});

test('what came lately is forgotten within two tenths of a second', () => {
	const arrivals = new Arrivals();
	expect(arrivals.lately(0)).toBe(0);
	const { end } = arrive(arrivals, 100, 1);
	expect(arrivals.lately(end)).toBeGreaterThanOrEqual(10);
	expect(arrivals.lately(end)).toBeLessThanOrEqual(20);
	expect(arrivals.lately(end + 200)).toBe(0);
});

test('a crowd after a quiet moment is waited for: until it is a storm, or has been a twentieth of a second old', () => {
	const arrivals = new Arrivals();
	for (let each = 0; each < 7; each += 1) arrivals.count(1000);
	expect(arrivals.gathering(1000)).toBeUndefined();
	arrivals.count(1005);
	expect(arrivals.gathering(1010)).toBe(40);
	expect(arrivals.gathering(1050)).toBeUndefined();
	for (let each = 0; each < 42; each += 1) arrivals.count(1012);
	expect([arrivals.gathering(1012), arrivals.storm(1012)]).toEqual([undefined, 0]);
});

test('what comes evenly, and is planned as fast, is not waited for once it has begun', () => {
	for (const perSecond of [1, 50, 150]) {
		const arrivals = new Arrivals();
		for (let at = 0; at < 2000; at += 1000 / perSecond) {
			arrivals.count(at);
			if (at > 50) expect(arrivals.gathering(at)).toBeUndefined();
		}
	}
});
