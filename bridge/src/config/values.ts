import { getAllCountries, getAllTimezones, getCountry } from 'countries-and-timezones';
import { z } from 'zod';
import { suggest } from '../yaml/nearest';

/** A key that may be left out; `"${NAME:-}"` leaves it out where NAME is not set. */
export const optional = <Schema extends z.ZodType>(schema: Schema, description: string) =>
	z
		.preprocess((value) => (value === '' ? undefined : value), schema.optional())
		.optional()
		.describe(description)
		.meta({ ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined });

/** A secret: never printed, never empty. Short ones are guessed. */
export const secret = (least = 1) =>
	z
		.string()
		.min(1, 'is empty → give the secret, best through ${NAME}')
		.refine(
			(text) => text === '' || text.length >= least,
			`is too short to be safe → use at least ${least} characters, such as: openssl rand -hex 24`,
		)
		.refine((text) => text === text.trim(), 'begins or ends with a space → remove it');

/** 32 bytes as base64 or hexadecimal digits. */
export const key = () =>
	z
		.string()
		.transform((text, context) => {
			const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
			const wellFormed = /^([0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i.test(text);
			if (wellFormed && bytes.length === 32) return bytes;
			context.addIssue('is no key of 32 bytes → make one with: openssl rand -base64 32');
			return z.NEVER;
		})
		.meta({ pattern: '^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$' });

/** An http(s) address without the slash at its end. */
export const address = () =>
	z
		.string()
		.refine(isWebAddress, 'is not a web address → write it whole: https://bridge.example.com')
		.transform((text) => text.replace(/\/+$/, ''))
		.meta({ pattern: '^https?://.+' });

function isWebAddress(text: string): boolean {
	try {
		const url = new URL(text);
		return (url.protocol === 'https:' || url.protocol === 'http:') && url.search === '' && url.hash === '';
	} catch {
		return false;
	}
}

/** ISO 3166-1 alpha-2. */
export const country = () =>
	z.string().superRefine((text, context) => {
		if (/^[A-Z]{2}$/.test(text) && getCountry(text)) return;
		const byName = Object.values(getAllCountries()).find(({ name }) => name.toLowerCase() === text.toLowerCase());
		const meant = byName?.id ?? (getCountry(text.toUpperCase()) ? text.toUpperCase() : undefined);
		context.addIssue(
			`'${text}' is not a country code → ${meant ? `write ${meant}` : 'write the two capital letters of ISO 3166, such as IN, BR or US'}`,
		);
	});

/** IANA name. */
export const timezone = () =>
	z.string().superRefine((text, context) => {
		if (isTimezone(text)) return;
		context.addIssue(`'${text}' is not a time zone → ${meantZone(text)}`);
	});

const meantZone = (text: string): string => {
	const advice = suggest(text, Object.keys(getAllTimezones()));
	return advice.startsWith('did') ? advice : 'write an IANA name, such as Asia/Kolkata or America/Sao_Paulo';
};

function isTimezone(text: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: text }).format(0) !== '' && /[/]|^UTC$/.test(text);
	} catch {
		return false;
	}
}
