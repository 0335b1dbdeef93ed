import { z } from 'zod';
import { isObject } from '../shop/request';
import { listOf, text } from '../shop/fields';

/** Custom fields of an order or of a part of it; plugins keep anything in `value`. */
export const metaFields = listOf(
	z.object({
		key: z.string().min(1),
		value: z.unknown().optional(),
		display_key: text,
		display_value: z.unknown().optional(),
	}),
);
export type MetaFields = z.output<typeof metaFields>;

/** A plain value as text; undefined for lists, objects and nothing. */
export const scalar = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? String(value).trim() || undefined
		: undefined;

/** The first of the keys that has something to say. */
export function metaText(meta: MetaFields, keys: readonly string[]): string | undefined {
	for (const wanted of keys)
		for (const { key, value } of meta) if (key === wanted && scalar(value) !== undefined) return scalar(value);
	return undefined;
}

/** Plugins that keep lists save them as lists, as JSON in a text, or by key; entries that are no objects are left out. */
export function entriesOf(value: unknown): { key: string; entry: Record<string, unknown> }[] {
	const given = typeof value === 'string' ? parsed(value) : value;
	const pairs = Array.isArray(given) ? [...given.entries()] : isObject(given) ? Object.entries(given) : [];
	return pairs.flatMap(([key, entry]: [string | number, unknown]) =>
		isObject(entry) ? [{ key: String(key), entry }] : [],
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Consent plugins name the field as they like: _whatsapp_opt_in, billing_whatsapp_opt_in, _wc_other/acme/whatsapp-opt-in. */
const CONSENT = /(?:^|[^a-z])whatsapp[^a-z]?opt[^a-z]?(in|out)$/i;

/** The buyer's tax number, which invoices show: _billing_cpf, billing_gstin, _vat_number → CPF, GSTIN, VAT. */
const TAX_NUMBER = /^_?(?:billing_)?(gstin|gst|cpf|cnpj|vat|trn|rfc|nif)(?:_?(?:no|number|id))?$/i;

/** Plain custom fields by name; the leading underscore of hidden ones may be left out by who asks. */
export function attributesOf(meta: MetaFields): Record<string, string> {
	const shown = meta.flatMap(({ key, value }) => {
		const given = scalar(value);
		return given === undefined ? [] : [[key, given] as const];
	});
	const bare = shown
		.filter(([key]) => key.startsWith('_'))
		.map(([key, value]) => [key.replace(/^_+/, ''), value] as const);
	const consent = shown.flatMap(([key, value]) => {
		const which = CONSENT.exec(key)?.[1]?.toLowerCase();
		return which === undefined ? [] : [[`whatsapp_opt_${which}`, value] as const];
	});
	const taxNumbers = shown.flatMap(([key, value]) => {
		const which = TAX_NUMBER.exec(key)?.[1]?.toUpperCase();
		return which === undefined ? [] : [[which, value] as const];
	});
	return Object.fromEntries([...bare, ...consent, ...taxNumbers, ...shown].filter(([key]) => key !== ''));
}

/** Where translation plugins keep the buyer's language, best first. */
const LANGUAGE = [
	'wpml_language',
	'_wpml_language',
	'trp_language',
	'_trp_language',
	'_pll_language',
	'pll_language',
	'weglot_language',
	'locale',
	'_locale',
	'language',
	'lang',
];

/** "pt_BR", "pt-br" → "pt-BR"; undefined for what is no language. */
export function languageOf(meta: MetaFields): string | undefined {
	const [, language, script, region] =
		/^([a-z]{2,3})(?:[_-]([a-z]{4}))?(?:[_-]([a-z]{2}))?(?:[_-].*)?$/i.exec(metaText(meta, LANGUAGE) ?? '') ?? [];
	if (language === undefined) return undefined;
	const parts = [
		language.toLowerCase(),
		script && script.charAt(0).toUpperCase() + script.slice(1).toLowerCase(),
		region?.toUpperCase(),
	];
	return parts.filter(Boolean).join('-');
}
