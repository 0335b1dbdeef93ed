import { randomBytes } from 'node:crypto';
import { at, operation, readItems, readText } from '../../../../catalog';
import { country } from '../../config/values';
import { createClient, type MessloClient } from '../../messlo/client';
import type { ConnectRoom } from './draft';
import type { Answer } from './questions';

/** What a first configuration says before its first source: its text, and its secrets by variable. */
export interface NewConfig {
	text: string;
	secrets: Record<string, string>;
	country?: string;
}

interface Sender {
	digits: string;
	label: string;
	wabaId?: string;
}

/** Asks for what every bridge needs; the key is tried out, the sending number chosen of those it has. */
export async function askNewConfig({ interview, flag, place }: ConnectRoom): Promise<NewConfig> {
	interview.say(`There is no ${place.file} yet: it is made now. First your Messlo account.`);
	const baseUrl = flag('messlo-url') ?? 'https://api.messlo.com';
	const { apiKey, senders } = await interview.ask({
		flag: 'MESSLO_API_KEY',
		ask: 'Messlo API key',
		where: 'Messlo dashboard → Integration Tools → API Credentials.',
		secret: true,
		check: async (answer) => {
			const found = await sendersOf(createClient({ baseUrl, apiKey: answer }));
			const numbers = found.map(({ label }) => label).join(', ');
			const say = `the key works; ${found.length === 0 ? 'no number is connected yet' : `numbers: ${numbers}`}`;
			return { ok: true, value: { apiKey: answer, senders: found }, say };
		},
	});
	const sender = await interview.ask({
		flag: 'sender',
		ask: 'Number that sends',
		where: 'With country code, digits only.',
		enter: senders[0]?.digits,
		check: (answer): Answer<string> => {
			const digits = answer.replace(/[\s()+-]/g, '');
			if (!/^\d{8,15}$/.test(digits))
				return { ok: false, reason: `'${answer}' is not a number with country code, such as 911234567890.` };
			if (senders.length > 0 && !senders.some((each) => each.digits === digits))
				return {
					ok: false,
					reason: `${digits} is not connected to this account. It has: ${senders.map((each) => each.digits).join(', ')}.`,
				};
			return { ok: true, value: digits };
		},
	});
	const publicUrl = await interview.ask({
		flag: 'public-url',
		ask: 'Public address of this bridge',
		where:
			'How shops and WhatsApp reach it: https://bridge.example.com, by a reverse proxy or a tunnel to port 8080. Enter leaves it for later; webhooks are then not registered.',
		enter: '',
		check: publicAddress,
	});
	const home = await interview.ask({
		flag: 'country',
		ask: 'Country',
		where: 'Of phone numbers that come without country code: two letters, such as IN, BR or US. Enter for none.',
		enter: '',
		check: (answer): Answer<string> => {
			const reading = country().safeParse(answer.toUpperCase());
			if (answer === '' || reading.success) return { ok: true, value: answer.toUpperCase() };
			const said = reading.error.issues[0]?.message ?? '';
			const meant = /write ([A-Z]{2})$/.exec(said)?.[1];
			const suggestion = meant === undefined ? {} : { suggestion: meant };
			return { ok: false, reason: `${said.replace(' → ', ': ')}.`, ...suggestion };
		},
	});
	const port = flag('port');
	const wabaId = senders.find(({ digits }) => digits === sender)?.wabaId;
	const lines = [
		`# Made by messlo-bridge connect. The values of \${…} are in ${place.envFile.replace(/^.*[\\/]/, '')} beside this file.`,
		'# docs/operations.md explains every key.',
		'messlo:',
		"  apiKey: '${MESSLO_API_KEY}'",
		...(flag('messlo-url') === undefined ? [] : [`  baseUrl: ${baseUrl}`]),
		`  sender: '${sender}' # your WhatsApp number`,
		...(wabaId === undefined ? [] : [`  wabaId: '${wabaId}'`]),
		'',
		'server:',
		publicUrl === ''
			? '  # publicUrl: https://bridge.example.com # how the shop and WhatsApp reach this machine'
			: `  publicUrl: ${publicUrl}`,
		"  adminToken: '${BRIDGE_ADMIN_TOKEN}' # opens the admin API",
		...(port === undefined ? [] : [`  port: ${Number(port)}`]),
		...(home === '' ? [] : ['', 'defaults:', `  country: ${home}`]),
		'',
	];
	const adminToken = place.variables['BRIDGE_ADMIN_TOKEN'] || randomBytes(24).toString('hex');
	return {
		text: lines.join('\n'),
		secrets: { MESSLO_API_KEY: apiKey, BRIDGE_ADMIN_TOKEN: adminToken },
		...(home === '' ? {} : { country: home }),
	};
}

async function sendersOf(client: MessloClient): Promise<Sender[]> {
	const { row, body } = await client.ask('phoneNumber.getMany', {});
	return readItems(operation(row.id), body).flatMap((record) => {
		const number = readText(record, 'display_phone_number', 'phone_number', 'phoneNumber', 'number');
		if (number === undefined) return [];
		const digits = number.replace(/\D/g, '');
		const waba: unknown = at(record, 'waba_id');
		return [{ digits, label: `+${digits}`, ...(typeof waba === 'string' ? { wabaId: waba } : {}) }];
	});
}

function publicAddress(answer: string): Answer<string> {
	if (answer === '') return { ok: true, value: '' };
	const text = /^https?:\/\//i.test(answer) ? answer : `https://${answer}`;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url) return { ok: false, reason: `'${answer}' is not a web address.` };
	const value = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
	if (url.protocol === 'https:') return { ok: true, value };
	const reason = 'Shops and WhatsApp only go to https addresses. Leave it empty while there is none.';
	return { ok: false, reason, suggestion: '' };
}
