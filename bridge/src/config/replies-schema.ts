import { z } from 'zod';
import { parseDuration } from '../duration';
import { strictObject } from '../yaml/strict-object';
import { words } from '../yaml/values';
import { optional, secret } from './values';

/** Whole messages, whatever their case, accents and punctuation. No "cancel": buyers write it about their order. */
const STOP = [
	...['stop', 'stop all', 'stopall', 'stop promotions', 'stop messages', 'unsubscribe', 'opt out', 'optout', 'quit'],
	...['बंद करें', 'बंद करो', 'बंद', 'रोकें', 'रोको', 'स्टॉप', 'band karo', 'band karein'],
	...['parar', 'pare', 'sair', 'descadastrar', 'cancelar inscrição', 'não quero receber'],
	...['detener', 'baja', 'darse de baja', 'dar de baja', 'cancelar suscripción', 'no más mensajes'],
	...['توقف', 'إيقاف', 'أوقف', 'قف', 'إلغاء الاشتراك'],
	...['stopp', 'abmelden', 'abbestellen', 'keine werbung', 'keine nachrichten mehr'],
	...['arrêt', 'arrêter', 'arrêtez', 'désabonner', 'me désabonner', 'se désabonner', 'désinscription'],
	...['berhenti', 'henti', 'berhenti berlangganan'],
	...['disiscriviti', 'annulla iscrizione', 'afmelden', 'durdur', 'стоп', 'отписаться'],
	...['বন্ধ করুন', 'બંધ કરો', 'थांबवा', 'நிறுத்து', 'ఆపు'],
];
const START = [
	...['start', 'unstop', 'subscribe', 'resubscribe', 'opt in', 'optin', 'resume'],
	...['शुरू करें', 'शुरू करो', 'शुरू', 'चालू करें', 'स्टार्ट', 'shuru karo'],
	...['iniciar', 'começar', 'voltar a receber', 'empezar', 'comenzar', 'reanudar', 'suscribir'],
	...['ابدأ', 'ابدء', 'بدء', 'اشتراك', 'اشترك'],
	...['starten', 'anmelden', 'fortsetzen', 'démarrer', 'commencer', 'reprendre', "s'abonner"],
	...['mulai', 'langganan', 'berlangganan', 'aanmelden', 'başla', 'старт'],
];

const list = (what: string, shipped: string[]) =>
	z.array(words(), `is not a list → write a list of ${what}`).default(shipped).meta({ default: undefined });

const every = () =>
	z
		.preprocess(
			(value) => (value === false ? 'off' : value),
			z
				.string('is not a duration → write a number with its unit, 30s or 5m, or off')
				.transform((written, context): { ms?: number } => {
					if (written === 'off') return {};
					const ms = parseDuration(written);
					if (ms !== undefined && ms >= 5000) return { ms };
					context.addIssue(`'${written}' is not a duration of 5s or more → write 30s or 5m, or off`);
					return z.NEVER;
				}),
		)
		.meta({ anyOf: [{ type: 'string', pattern: '^(\\d+(ms|s|m|h|d)|off)$|\\$\\{.+\\}' }, { const: false }] });

export const repliesSchema = strictObject({
	every: every()
		.prefault('30s')
		.describe('How often the inbox is looked at for what people answer; off: it is never read.'),
	secret: optional(
		secret(12),
		'Opens POST /webhooks/messlo/replies, which a flow of Messlo can call with what people write.',
	),
	stop: list('words', STOP).describe(
		'Whole messages that end further messages; by default the usual words of sixteen languages.',
	),
	start: list('words', START).describe('Whole messages that allow them again.'),
	stopScope: z
		.enum(['marketing', 'all'], "is not a choice → write 'marketing', or 'all' for order messages too")
		.default('marketing')
		.describe('What STOP ends: marketing messages, or every message.'),
});
