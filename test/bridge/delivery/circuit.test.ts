import fc from 'fast-check';
import { SKEW_MS } from '../../../bridge/src/delivery/bucket';
import {
	afterAttempt,
	CIRCUIT,
	type Circuit,
	CLOSED,
	opensAt,
	permits,
	withProbe,
	withoutProbe,
} from '../../../bridge/src/delivery/circuit';
import { HOUR, MINUTE, SECOND } from '../../support/clock';

const START = Date.parse('2026-11-20T09:00:00Z');
const FAILING = { kind: 'failing', name: 'unavailable' } as const;
const attempt = (message: string, given: Partial<Parameters<typeof afterAttempt>[1]> = {}) => ({
	message,
	mapping: 'order-paid',
	probe: false,
	...given,
});
const failures = (count: number, mapping = 'order-paid'): Circuit =>
	Array.from({ length: count }).reduce<Circuit>(
		(circuit, _, index) => afterAttempt(circuit, attempt(`m${index}`, { trouble: FAILING, mapping }), START),
		CLOSED,
	);

test('different messages that fail one after the other open it; one that fails again and again does not', () => {
	expect(permits(failures(CIRCUIT.failures - 1), 'order-paid', START)).toBe('all');
	expect(permits(failures(CIRCUIT.failures), 'order-paid', START)).toBe('none');
	let circuit = CLOSED;
	for (let time = 0; time < 30; time += 1)
		circuit = afterAttempt(circuit, attempt('poison', { trouble: FAILING }), START);
	expect(permits(circuit, 'order-paid', START)).toBe('all');
});

test('a message that goes through begins the count anew', () => {
	const almost = afterAttempt(failures(CIRCUIT.failures - 1), attempt('good'), START);
	expect(afterAttempt(almost, attempt('m9', { trouble: FAILING }), START).open).toBeUndefined();
});

test('half open, one message is tried; what it meets opens or closes it', () => {
	const open = failures(CIRCUIT.failures);
	const at = opensAt(open, START) ?? 0;
	expect(at).toBe(START + CIRCUIT.waitsMs[0]);
	expect(permits(open, 'order-paid', at)).toBe('one');
	const tried = withProbe(open, at);
	expect(permits(tried, 'order-paid', at)).toBe('none');
	expect(permits(withoutProbe(tried), 'order-paid', at)).toBe('one');
	expect(afterAttempt(tried, attempt('m1', { probe: true }), at)).toEqual(CLOSED);
	const again = afterAttempt(tried, attempt('m1', { probe: true, trouble: FAILING }), at);
	expect(opensAt(again, at)).toBe(at + CIRCUIT.waitsMs[1]);
});

test('a process that dies with the probe does not keep it shut', () => {
	const tried = withProbe(failures(CIRCUIT.failures), START + MINUTE);
	expect(permits(tried, 'order-paid', START + MINUTE + CIRCUIT.probeMs - 1)).toBe('none');
	expect(permits(tried, 'order-paid', START + MINUTE + CIRCUIT.probeMs)).toBe('one');
});

test('a template that fails does not keep the others back: one of each other mapping is tried at once', () => {
	const open = failures(CIRCUIT.failures, 'campaign');
	expect(permits(open, 'campaign', START)).toBe('none');
	expect(permits(open, 'order-paid', START)).toBe('one');
	const failed = afterAttempt(withProbe(open, START), attempt('m7', { probe: true, trouble: FAILING }), START);
	expect(permits(failed, 'order-paid', START)).toBe('none');
});

test('a sender that is refused or told to wait waits with all its mappings', () => {
	for (const trouble of [
		{ kind: 'stop', name: 'billing' },
		{ kind: 'slow', name: 'rate-limited', afterMs: MINUTE },
	] as const) {
		const open = afterAttempt(CLOSED, attempt('m1', { trouble }), START);
		expect(permits(open, 'another', START + MINUTE - 1)).toBe('none');
		expect(permits(open, 'another', START + MINUTE)).toBe('one');
	}
});

test('what was under way when it opened makes no difference, unless it names a longer wait', () => {
	const slow = (afterMs?: number) => ({
		trouble: { kind: 'slow' as const, name: 'rate-limited', ...(afterMs === undefined ? {} : { afterMs }) },
	});
	const open = afterAttempt(CLOSED, attempt('m1', slow(30 * SECOND)), START);
	for (const late of [
		attempt('m2'),
		attempt('m3', { trouble: FAILING }),
		attempt('m4', slow()),
		attempt('m5', slow(5 * SECOND)),
	])
		expect(afterAttempt(open, late, START)).toBe(open);
	expect(opensAt(afterAttempt(open, attempt('m6', slow(MINUTE)), START), START)).toBe(START + MINUTE);
});

test('an outage of an hour takes few probes', () => {
	let circuit = failures(CIRCUIT.failures);
	let probes = 0;
	for (let now = START; now < START + HOUR; now = opensAt(circuit, now) ?? Number.POSITIVE_INFINITY) {
		if (permits(circuit, 'order-paid', now) !== 'one') continue;
		probes += 1;
		circuit = afterAttempt(withProbe(circuit, now), attempt(`p${probes}`, { probe: true, trouble: FAILING }), now);
	}
	expect(probes).toBeGreaterThan(50);
	expect(probes).toBeLessThan(75);
});

const event = fc.record({
	ms: fc.oneof(fc.integer({ min: 0, max: 70_000 }), fc.integer({ min: -10_000_000, max: 10_000_000 })),
	message: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
	mapping: fc.constantFrom('x', 'y'),
	trouble: fc.option(
		fc.record({
			kind: fc.constantFrom('stop', 'slow', 'failing'),
			afterMs: fc.option(fc.integer({ min: -5, max: Number.MAX_SAFE_INTEGER }), { nil: 0 }),
		}),
	),
});

test('whatever happens and wherever the clock is set: one probe at a time, and shut for six hours at most', () => {
	fc.assert(
		fc.property(fc.array(event), (events) => {
			let circuit: Circuit = CLOSED;
			let now = START;
			for (const { ms, message, mapping, trouble } of events) {
				now += ms;
				const permit = permits(circuit, mapping, now);
				if (permit === 'one') {
					circuit = withProbe(circuit, now);
					expect(permits(circuit, mapping, now)).toBe('none');
				}
				const what = trouble ? { trouble: { name: 'x', ...trouble } } : {};
				if (permit !== 'none')
					circuit = afterAttempt(circuit, { message, mapping, probe: permit === 'one', ...what }, now);
				const at = opensAt(circuit, now);
				expect(at === undefined).toBe(permits(circuit, mapping, now) === 'all');
				if (at !== undefined) {
					expect(at).toBeLessThanOrEqual(now + 6 * HOUR + SKEW_MS);
					expect(permits(circuit, mapping, at)).toBe('one');
				}
			}
		}),
	);
});
