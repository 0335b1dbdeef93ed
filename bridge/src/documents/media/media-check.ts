import { type AddressRule, askForHead, InsideError, type Answer } from './ask';
import { isPublic } from './public-address';
import { Remembered } from './remembered';

/** `again`: the fault may pass by itself. The reason names no more of the address than its host. */
export type MediaVerdict = { ok: true } | { ok: false; reason: string; again?: true };

/** Looks whether a link that a mapping or an order gave leads to a file on the internet. Never throws. */
export type MediaCheck = (link: string) => Promise<MediaVerdict>;

export interface MediaCheckOptions {
	now: () => Date;
	/** Addresses that are asked; by default the public ones. */
	isAllowed?: AddressRule;
	/** For one link with all its redirects, in ms. */
	timeoutMs?: number;
}

const REDIRECTS = 5;
const TIMEOUT_MS = 8000;
/** What WhatsApp takes as a document; pictures and videos are smaller. */
const LARGEST = 100 * 1024 * 1024;
const LONGEST_LINK = 2000;
const THEN = 'Mend the mapping or what the shop gave, then replay';

/** Good links are remembered for a minute: a thousand messages of a campaign have one picture. */
export function createMediaCheck({ now, isAllowed = isPublic, timeoutMs = TIMEOUT_MS }: MediaCheckOptions): MediaCheck {
	const remembered = new Remembered<MediaVerdict>(now);
	return (link) => remembered.get(link, () => follow(link, isAllowed, AbortSignal.timeout(timeoutMs)));
}

async function follow(link: string, isAllowed: AddressRule, signal: AbortSignal): Promise<MediaVerdict> {
	let url = URL.parse(link);
	for (let hop = 0; hop <= REDIRECTS; hop += 1) {
		const objection = objectionTo(url, link);
		if (!url || objection !== undefined) return no(objection ?? '');
		let answer: Answer;
		try {
			answer = await ask(url, isAllowed, signal);
		} catch (error) {
			return faultOf(error, url, hop > 0);
		}
		const { location } = answer.headers;
		if (!isRedirect(answer.status) || location === undefined) return verdictOn(answer, url);
		url = URL.parse(location, url.href);
	}
	return no(`goes round in circles: it redirects more than ${REDIRECTS} times. ${THEN}`);
}

function objectionTo(url: URL | null, link: string): string | undefined {
	if (!url || link.length > LONGEST_LINK || !/^https?:$/.test(url.protocol) || url.hostname === '')
		return `leads to no http or https address. ${THEN}`;
	if (url.username !== '' || url.password !== '')
		return `has a user name or password in it, which everybody who gets the message would have. ${THEN}`;
	return undefined;
}

async function ask(url: URL, isAllowed: AddressRule, signal: AbortSignal): Promise<Answer> {
	const answer = await askForHead(url, 'HEAD', isAllowed, signal);
	return answer.status < 400 ? answer : askForHead(url, 'GET', isAllowed, signal);
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

function verdictOn({ status, headers }: Answer, { host }: URL): MediaVerdict {
	if (status >= 500 || status === 429 || status === 408) return passing(`${host} answered ${status}`);
	if (status !== 200 && status !== 206) return no(`leads nowhere: ${host} answered ${status}. ${THEN}`);
	const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
	if (/^text\/html$|[/+](json|xml|xhtml)$|javascript/.test(type) && type !== 'image/svg+xml')
		return no(`leads to a page or data (${type.slice(0, 40)}) at ${host}, not to a file. ${THEN}`);
	const size = Number(headers['content-range']?.split('/')[1] ?? headers['content-length'] ?? 0);
	if (size > LARGEST) return no(`leads to a file of ${Math.round(size / 1e6)} MB; WhatsApp takes 100 MB. ${THEN}`);
	return { ok: true };
}

/** Faults that no waiting mends: no such name, and a certificate that is not good. */
const LASTING =
	/^(ENOTFOUND|CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|HPE_|EPROTO|ERR_SSL)/;

function faultOf(error: unknown, { host, hostname }: URL, redirected: boolean): MediaVerdict {
	if (error instanceof InsideError)
		return no(
			`leads inside${redirected ? ' by a redirect' : ''}: ${hostname} is no address of the internet, so WhatsApp cannot fetch it and the bridge does not ask it. ${THEN}`,
		);
	const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
	if (name === 'TimeoutError' || name === 'AbortError') return passing(`${host} gave no answer in time`);
	const said = typeof code === 'string' ? code : String(name);
	return LASTING.test(said)
		? no(`leads nowhere: ${host} cannot be asked (${said}). ${THEN}`)
		: passing(`${host}: ${said}`);
}

const no = (what: string): MediaVerdict => ({ ok: false, reason: `the link of the header ${what}` });
const passing = (what: string): MediaVerdict => ({
	ok: false,
	again: true,
	reason: `the link of the header cannot be looked at (${what})`,
});
