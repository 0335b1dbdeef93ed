import { OPTED_OUT } from '../delivery/outcomes';
import { mask } from '../phone';
import type { Message } from '../store/store';
import type { Rooms } from './rooms';

/** Who wants no messages, each number asked for once; `first` at once, while other things are asked for. */
export function suppressions(store: Rooms['store'], first: string | undefined): Rooms['store']['suppression'] {
	const asked = new Map<string, ReturnType<typeof store.suppression>>();
	const ask = (phone: string) => {
		const answer = asked.get(phone) ?? store.suppression(phone);
		asked.set(phone, answer);
		return answer;
	};
	// Whoever needs the answer hears of it.
	if (first !== undefined) ask(first).catch(() => undefined);
	return ask;
}

/** Why this message may not be sent to this person; undefined when it may. */
export async function suppressedReason(
	rooms: Pick<Rooms, 'store' | 'templates' | 'mappings'>,
	message: Pick<Message, 'mapping' | 'template' | 'language' | 'to'> | undefined,
	ask: Rooms['store']['suppression'] = (phone) => rooms.store.suppression(phone),
): Promise<string | undefined> {
	// Always as many turns: events that are planned together enter the ledger in their order.
	const suppression = await (message?.to === undefined ? undefined : ask(message.to));
	if (suppression === undefined || message === undefined) return undefined;
	const { mapping, template, language } = message;
	const { scope, reason, at } = suppression;
	if (scope === 'marketing' && !isMarketing(rooms, mapping, template, language)) return undefined;
	const what = scope === 'all' ? 'messages' : 'marketing messages';
	return `the person wants no ${what} (${reason}, ${at.toISOString().slice(0, 10)}). When they want them again, replay`;
}

/** By the template's category, as WhatsApp has it; while that is not known, a mapping that asks for consent is marketing. */
function isMarketing(
	{ templates, mappings }: Pick<Rooms, 'templates' | 'mappings'>,
	mapping: string,
	template: string,
	language: string | undefined,
): boolean {
	const category = templates.category(template, language);
	if (category !== undefined) return category === 'MARKETING';
	return mappings.find(({ name }) => name === mapping)?.consent !== undefined;
}

/** WhatsApp says that the person has stopped marketing messages from us. */
export async function optedOut({ store, clock, log }: Rooms, { id, to }: Message): Promise<void> {
	if (to === undefined) return;
	await store.suppress({
		phone: to,
		scope: 'marketing',
		reason: `WhatsApp's error ${OPTED_OUT.code}`,
		at: clock.now(),
	});
	log.info({ stage: 'suppressed', message: id, to: mask(to), reason: OPTED_OUT.name });
}
