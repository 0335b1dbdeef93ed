import fc from 'fast-check';
import { HOUR, MINUTE } from '../../support/clock';
import { calendarWorld } from './calendar-world';

const OFFSETS = [24 * 60, 60];
/** Hours after the start of the test at which appointments may begin; the clock goes on for at most a few days. */
const slot = fc.integer({ min: 2, max: 90 });
const which = fc.nat({ max: 9 });
const change = fc.oneof(
	fc.record({ kind: fc.constant('book' as const), slot }),
	fc.record({ kind: fc.constant('move' as const), which, slot }),
	fc.record({ kind: fc.constant('cancel' as const), which }),
	fc.record({ kind: fc.constant('restore' as const), which }),
);
const step = fc.oneof(
	{ weight: 5, arbitrary: change },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), which }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
	{
		weight: 4,
		arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 900 }) }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('down' as const),
			minutes: fc.integer({ min: 1, max: 900 }),
			meanwhile: fc.array(change, { maxLength: 3 }),
		}),
	},
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

test('whatever is done to a calendar, each reminder of the final schedule goes once, and none for a time that was no longer so', async () => {
	await fc.assert(
		fc.asyncProperty(slot, slot, fc.array(step, { minLength: 4, maxLength: 14 }), async (one, other, steps) => {
			const world = await calendarWorld({
				mappings: ['appointment-reminder'],
				place: '{{ appointment.id }} {{ appointment.start }} {{ reminder.minutes }}',
			});
			const { clock, calendar, bridge } = world;
			try {
				const began = clock.now().getTime();
				const startOf = (hours: number) => new Date(began + hours * HOUR).toISOString();
				/** Since when each appointment has its start; undefined once cancelled. */
				const standing = new Map<string, { start: string; since: number } | undefined>();
				const downs: { from: number; to: number }[] = [];
				const sent: string[] = [];

				const apply = (each: Change) => {
					clock.advance(MINUTE);
					const since = clock.now().getTime();
					if (each.kind === 'book') {
						const start = startOf(each.slot);
						standing.set(calendar.book(start).id, { start, since });
						return;
					}
					const [id, now] = [...standing][each.which % Math.max(1, standing.size)] ?? [];
					if (id === undefined) return;
					if (each.kind === 'move' && now && now.start !== startOf(each.slot)) {
						calendar.move(id, startOf(each.slot));
						standing.set(id, { start: startOf(each.slot), since });
					}
					if (each.kind === 'cancel' && now) {
						calendar.cancel(id);
						standing.set(id, undefined);
					}
					if (each.kind === 'restore' && !now) {
						const { start } = calendar.edit(id, { status: 'confirmed' });
						standing.set(id, { start: start?.dateTime ?? '', since });
					}
				};
				/** What went out just now is true just now. */
				const look = async () => {
					for (const { templateVariables } of (await bridge.taken()).slice(sent.length)) {
						const name = templateVariables?.['3'] ?? '';
						const [id = '', start] = name.split(' ');
						expect([name, standing.get(id)?.start]).toEqual([name, start]);
						sent.push(name);
					}
				};
				const pass = async (ms: number) => {
					const end = clock.now().getTime() + ms;
					while (clock.now().getTime() < end) {
						const now = clock.now().getTime();
						const dues = [...standing.values()].flatMap((each) =>
							each ? OFFSETS.map((offset) => Date.parse(each.start) - offset * MINUTE) : [],
						);
						await bridge.later(Math.min(end, ...dues.filter((due) => due > now)) - now);
						await look();
					}
				};

				for (const booked of [one, other]) apply({ kind: 'book', slot: booked });
				await pass(MINUTE);
				for (const each of steps) {
					if (each.kind === 'pass') await pass(each.minutes * MINUTE);
					else if (each.kind === 'forget') calendar.forgetTokens();
					else if (each.kind === 'rename') {
						const [id] = [...standing][each.which % Math.max(1, standing.size)] ?? [];
						if (id !== undefined && standing.get(id)) calendar.edit(id, { summary: `New ${sent.length}` });
						await pass(MINUTE);
					} else if (each.kind === 'down') {
						const from = clock.now().getTime();
						await world.restart(() => {
							each.meanwhile.forEach(apply);
							clock.advance(each.minutes * MINUTE);
						});
						downs.push({ from, to: clock.now().getTime() });
						await bridge.drain();
						await look();
					} else {
						apply(each);
						await pass(MINUTE);
					}
				}
				await pass(100 * HOUR);

				expect(sent.length).toBe(new Set(sent).size);
				for (const [id, now] of standing) {
					if (!now) continue;
					const start = Date.parse(now.start);
					for (const [index, offset] of OFFSETS.entries()) {
						const due = start - offset * MINUTE;
						const stale = start - (OFFSETS[index + 1] ?? 0) * MINUTE;
						// The first moment from then on at which the bridge ran.
						const down = downs.find(({ from, to }) => from <= due && due < to);
						const wanted = due >= now.since && (down?.to ?? due) < stale;
						const name = `${id} ${now.start} ${offset}`;
						if (wanted) expect(sent).toContain(name);
					}
				}
			} finally {
				await world.stop();
			}
		}),
		{ numRuns: Number(process.env['CALENDAR_RUNS'] ?? 12) },
	);
}, 600_000);
