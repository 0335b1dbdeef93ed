import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBridge } from '../../support/bridge';
import { MINUTE, TestClock } from '../../support/clock';
import { createFakeCalendar } from '../../support/fake-google/calendar';
import { startFakeGoogle } from '../../support/fake-google/server';

const SHIPPED = join(__dirname, '../../../templates/messages');
export const MAPPINGS = ['appointment-booked', 'appointment-cancelled', 'appointment-moved', 'appointment-reminder'];

/** The shipped mappings for appointments as a clinic would switch them on. */
export function appointmentMappings(names: readonly string[] = MAPPINGS, place?: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'appointments-'));
	for (const name of names) {
		const shipped = readFileSync(join(SHIPPED, `${name}.yaml`), 'utf8').replace('enabled: false', 'enabled: true');
		const text = place === undefined ? shipped : shipped.replace(/'3': .*/, `'3': "${place}"`);
		writeFileSync(join(folder, `${name}.yaml`), text);
		const template = `${name.replaceAll('-', '_')}.template.yaml`;
		copyFileSync(join(SHIPPED, template), join(folder, template));
	}
	return folder;
}

export type CalendarWorld = Awaited<ReturnType<typeof calendarWorld>>;

export interface WorldOptions {
	/** Further keys of the source, as YAML: "phone: …". */
	keys?: string;
	remind?: string;
	timeZone?: string;
	start?: string;
	publicUrl?: string;
	mappings?: readonly string[];
	/** Liquid in the place of the shipped one for {{3}}. */
	place?: string;
	/** What is in the calendar when the bridge first sees it. */
	before?: (calendar: ReturnType<typeof createFakeCalendar>) => void;
}

/** A clinic: its calendar at Google, the bridge, the phones of its customers. The bridge has looked once. */
export async function calendarWorld(options: WorldOptions = {}) {
	const clock = new TestClock(options.start);
	const calendar = createFakeCalendar(clock, options.timeZone === undefined ? {} : { timeZone: options.timeZone });
	const google = await startFakeGoogle({ clock, apis: [calendar.api] });
	if (options.before) {
		options.before(calendar);
		clock.advance(1);
	}
	const messages = appointmentMappings(options.mappings, options.place);
	const source = (remind = options.remind ?? '[24h, 1h]') =>
		`{ id: clinic, name: Kaveri Salon, kind: google-calendar, calendar: "${calendar.id}", remind: ${remind}, credentials: "${google.credentials()}", rootUrl: "${google.url}"${options.keys === undefined ? '' : `, ${options.keys}`} }`;
	const settings = {
		clock,
		messages,
		sources: [source()],
		templates: false,
		...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
	};
	const bridge = await TestBridge.start(settings);
	await bridge.pushTemplates(messages);
	calendar.channels.reach(bridge.bridge.url);
	await bridge.drain();

	/** "appointment_reminder: Tuesday, 24 November, 16:30", oldest first; each is told of once. */
	let told = 0;
	const news = async (): Promise<string[]> => {
		const taken = await bridge.taken();
		const fresh = taken.slice(told).map(({ templateName = '', templateVariables = {} }) => {
			return `${templateName.replace('appointment_', '')}: ${templateVariables['2'] ?? ''}`;
		});
		told = taken.length;
		return fresh;
	};
	return {
		clock,
		calendar,
		google,
		bridge,
		news,
		/** Lets time pass while the bridge runs: it looks after a minute, and sends at every time at which a message is due. */
		pass: async (ms: number) => {
			const end = clock.now().getTime() + ms;
			await bridge.later(Math.min(ms, MINUTE));
			while (clock.now().getTime() < end) {
				const now = clock.now().getTime();
				const waiting = (await bridge.messages('?state=waiting&limit=200')).map(({ dueAt }) => Date.parse(dueAt));
				const next = Math.min(end, ...waiting.filter((due) => due > now));
				await bridge.later(next - now);
			}
		},
		/** State and reason of every message, newest first, as the admin sees them. */
		messages: () => bridge.messages(),
		restart: async (whileDown: () => void | Promise<void> = () => undefined, remind?: string) => {
			await bridge.bridge.stop();
			await whileDown();
			if (remind !== undefined) settings.sources.splice(0, 1, source(remind));
			await bridge.startBridge();
			calendar.channels.reach(bridge.bridge.url);
		},
		stop: async () => {
			await bridge.stop();
			await google.close();
			rmSync(messages, { recursive: true, force: true });
		},
	};
}
