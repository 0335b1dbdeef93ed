import type { Delivery } from '../../domain';
import type { Attempt, Header, LedgerChange, Message, MessageChange, NewMessage, StoredEvent } from '../store';
import { isSealedBytes, isSealedText, type Purpose, type Seal, SealBroken } from './seal';

/** WhatsApp's names of messages carry the number, in base64. */
const NAMES_A_PERSON = 'wamid.';
/** The only key of sealed values: no header and no variable is called so. */
const SEALED = 'sealed:1';

type Opened<T> = { value: T; broken?: string };

/** What erasing leaves of a body. */
const EMPTY = '{}';

/**
 * Seals and opens each thing of the ledger. `keyed`: it was sealed from the first on, so keys that name a person are sealed too, and what tells
 * of a person and is not sealed was put there by somebody else.
 */
export function sealedFields(seal: Seal, keyed: boolean) {
	const openText = (purpose: Purpose, stored: string): string => {
		if (keyed && !isSealedText(stored)) throw new SealBroken(purpose);
		return seal.openText(purpose, stored);
	};
	const openBody = (stored: Buffer): Buffer => {
		if (keyed && !isSealedBytes(stored) && stored.toString() !== EMPTY) throw new SealBroken('body');
		return seal.openBytes('body', stored);
	};
	const key = (text: string): string => (keyed && text.includes(NAMES_A_PERSON) ? seal.same('key', text) : text);
	const openKey = (stored: string): string => seal.openText('key', stored);
	const texts = (purpose: Purpose, values: Record<string, string>): Record<string, string> => ({
		[SEALED]: seal.text(purpose, JSON.stringify(values)),
	});
	const openTexts = (purpose: Purpose, stored: Record<string, string>): Record<string, string> => {
		const sealed = stored[SEALED];
		if (sealed !== undefined) return JSON.parse(seal.openText(purpose, sealed)) as Record<string, string>;
		if (keyed && Object.keys(stored).length > 0) throw new SealBroken(purpose);
		return stored;
	};
	const reason = (text: string): string => seal.text('reason', text);

	const header = (given: Header): Header => ('url' in given ? { url: seal.text('link', given.url) } : given);
	const openHeader = (stored: Header): Header => ('url' in stored ? { url: openText('link', stored.url) } : stored);

	/** A value that does not open is left out, and the first fault told. */
	function lenient() {
		let broken: string | undefined;
		return {
			open: <T>(work: () => T, otherwise: T): T => {
				try {
					return work();
				} catch (error) {
					if (!(error instanceof SealBroken)) throw error;
					broken ??= error.message;
					return otherwise;
				}
			},
			broken: () => (broken === undefined ? {} : { broken }),
		};
	}

	const openReason = (stored: string): string => lenient().open(() => seal.openText('reason', stored), '');

	function openMessage<T extends Message>(stored: T): Opened<T> {
		const { to, header: of, mediaUrl, reason: why, apiMessageId, ...rest } = stored;
		const { open, broken } = lenient();
		const opened = {
			...rest,
			onceKey: open(() => openKey(rest.onceKey), rest.onceKey),
			variables: open(() => openTexts('values', rest.variables), {}),
			...optional(
				'to',
				open(() => to && openText('person', to), undefined),
			),
			...optional(
				'header',
				open(() => of && openHeader(of), undefined),
			),
			...optional(
				'mediaUrl',
				open(() => mediaUrl && openText('link', mediaUrl), undefined),
			),
			...optional(
				'apiMessageId',
				open(() => apiMessageId && openKey(apiMessageId), undefined),
			),
			...optional(
				'reason',
				open(() => why && seal.openText('reason', why), undefined),
			),
		};
		const fault = broken();
		return { value: { ...opened, ...optional('reason', fault.broken ?? opened.reason) } as T, ...fault };
	}

	function openEvent<T extends Omit<StoredEvent, 'body'> & { body?: Buffer }>(stored: T): Opened<T> {
		const { reason: why, body, ...rest } = stored;
		const { open, broken } = lenient();
		const opened = {
			...rest,
			headers: open(() => openTexts('headers', rest.headers), {}),
			...optional(
				'body',
				open(() => body && openBody(body), Buffer.alloc(0)),
			),
			...optional(
				'reason',
				open(() => why && seal.openText('reason', why), undefined),
			),
		};
		const fault = broken();
		return { value: { ...opened, ...optional('reason', fault.broken ?? opened.reason) } as unknown as T, ...fault };
	}

	return {
		key,
		openKey,
		reason,
		person: (phone: string): string => seal.same('person', phone),
		delivery: (given: Delivery): Delivery => ({
			...given,
			deliveryKey: key(given.deliveryKey),
			...optional('eventKey', given.eventKey === undefined ? undefined : key(given.eventKey)),
			headers: texts('headers', given.headers),
			body: seal.bytes('body', given.body),
		}),
		message: (given: NewMessage): NewMessage => ({
			...given,
			onceKey: key(given.onceKey),
			variables: texts('values', given.variables),
			...optional('to', given.to === undefined ? undefined : seal.same('person', given.to)),
			...optional('header', given.header && header(given.header)),
			...optional('reason', given.reason === undefined ? undefined : reason(given.reason)),
		}),
		change: (given: MessageChange): MessageChange => ({
			...given,
			...optional('reason', given.reason === undefined ? undefined : reason(given.reason)),
			...optional('mediaUrl', given.mediaUrl === undefined ? undefined : seal.text('link', given.mediaUrl)),
			...optional('apiMessageId', given.apiMessageId === undefined ? undefined : key(given.apiMessageId)),
		}),
		openMessage,
		openEvent,
		openReason,
		openAttempt: (stored: Attempt): Attempt => ({
			...stored,
			reason: openReason(stored.reason),
		}),
		openChange: ({ message, reason: why, ...rest }: LedgerChange): LedgerChange => {
			const opened = message && openMessage(message).value;
			const { open, broken } = lenient();
			const said = opened?.reason ?? open(() => why && seal.openText('reason', why), undefined);
			return {
				...rest,
				deliveryKey: open(() => openKey(rest.deliveryKey), rest.deliveryKey),
				...optional('reason', said ?? broken().broken),
				...optional('message', opened),
			};
		},
	};
}

export type SealedFields = ReturnType<typeof sealedFields>;

const optional = <Key extends string, T>(key: Key, value: T | undefined): { [K in Key]?: T } =>
	(value === undefined ? {} : { [key]: value }) as { [K in Key]?: T };
