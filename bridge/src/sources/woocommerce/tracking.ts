import type { Fulfilment, Shipment } from '../../domain';
import { compact } from '../shop/compact';
import { oneLine, safeUrl } from '../shop/tracking';
import { entriesOf, metaText, scalar, type MetaFields } from './meta';
import type { OrderFields } from './order-fields';

export interface Parcel extends Fulfilment {
	status: Shipment['status'];
	/** When it left, where the plugin says, in ms. */
	shippedAt?: number;
}

interface ListPlugin {
	key: string;
	number: readonly string[];
	company: readonly string[];
	url: readonly string[];
	shippedAt: readonly string[];
	/** Custom field with the carrier's word on each entry, by the entry's place or key. */
	states?: string;
}

/** Plugins that keep a list of parcels in one custom field, of the order or of each line. */
const LISTS: readonly ListPlugin[] = [
	// WooCommerce Shipment Tracking, Advanced Shipment Tracking (AST); TrackShip adds the states.
	{
		key: '_wc_shipment_tracking_items',
		number: ['tracking_number'],
		company: ['formatted_tracking_provider', 'custom_tracking_provider', 'tracking_provider'],
		url: ['formatted_tracking_link', 'ast_tracking_link', 'custom_tracking_link'],
		shippedAt: ['date_shipped'],
		states: 'shipment_status',
	},
	// AfterShip
	{
		key: '_aftership_tracking_items',
		number: ['tracking_number'],
		company: ['courier_name', 'slug'],
		url: ['tracking_link'],
		shippedAt: [],
	},
	// ParcelPanel: an object by number, as JSON in a text
	{
		key: '_parcelpanel_shipping_numbers',
		number: ['tracking_number'],
		company: ['courier_name', 'courier_code'],
		url: ['tracking_url', 'courier_url'],
		shippedAt: ['fulfilled_at'],
	},
	// Orders Tracking by VillaTheme: on each line, as JSON in a text
	{
		key: '_vi_wot_order_item_tracking_data',
		number: ['tracking_number'],
		company: ['carrier_name', 'carrier_slug'],
		url: ['tracking_url', 'carrier_url'],
		shippedAt: ['time'],
	},
];

/** Plugins that keep one parcel in plain custom fields. */
const SINGLE: readonly { number: string; company: readonly string[]; url: readonly string[] }[] = [
	{
		number: '_aftership_tracking_number',
		company: ['_aftership_tracking_provider_name', '_aftership_tracking_provider'],
		url: [],
	},
	// YITH Order & Shipment Tracking
	{
		number: 'ywot_tracking_code',
		company: ['ywot_carrier_name', 'ywot_carrier_id'],
		url: ['ywot_carrier_url', 'ywot_tracking_url'],
	},
	{
		number: '_tracking_number',
		company: ['_tracking_provider', '_tracking_company', '_carrier'],
		url: ['_tracking_url', '_tracking_link'],
	},
	{
		number: 'tracking_number',
		company: ['tracking_provider', 'tracking_company', 'carrier'],
		url: ['tracking_url', 'tracking_link'],
	},
];

/** The carrier's word as TrackShip writes it; any other word changes nothing for the buyer. */
const STATES: Record<string, Shipment['status']> = {
	out_for_delivery: 'out_for_delivery',
	delivered: 'delivered',
	failure: 'failed',
	failed_attempt: 'failed',
	exception: 'failed',
	return_to_sender: 'failed',
};

/** Every parcel that a plugin knows of, once each by its number. */
export function parcelsOf({ meta_data, line_items, shipping_lines }: OrderFields): Parcel[] {
	const all = [meta_data, ...line_items.map((line) => line.meta_data), ...shipping_lines.map((line) => line.meta_data)];
	const found = [...all.flatMap(listed), ...SINGLE.flatMap((plugin) => single(meta_data, plugin))];
	return [...new Map(found.toReversed().map((parcel) => [parcel.id, parcel])).values()].toReversed();
}

function listed(meta: MetaFields): Parcel[] {
	return LISTS.flatMap((plugin) => {
		const list = meta.find(({ key }) => key === plugin.key);
		const states = plugin.states === undefined ? [] : entriesOf(meta.find(({ key }) => key === plugin.states)?.value);
		return entriesOf(list?.value).flatMap(({ key, entry }) => {
			const said = scalar(states.find((state) => state.key === key)?.entry['status'])?.toLowerCase();
			return parcel(
				first(entry, plugin.number),
				first(entry, plugin.company),
				first(entry, plugin.url),
				said === undefined || !Object.hasOwn(STATES, said) ? undefined : STATES[said],
				momentOf(first(entry, plugin.shippedAt)),
			);
		});
	});
}

const single = (meta: MetaFields, { number, company, url }: (typeof SINGLE)[number]): Parcel[] =>
	parcel(metaText(meta, [number]), metaText(meta, company), metaText(meta, url));

const first = (entry: Record<string, unknown>, names: readonly string[]): string | undefined =>
	names.map((name) => scalar(entry[name])).find((value) => value !== undefined);

function parcel(
	number?: string,
	company?: string,
	url?: string,
	status?: Shipment['status'],
	shippedAt?: number,
): Parcel[] {
	const id = oneLine(number);
	if (id === undefined) return [];
	const fulfilment = { id, trackingCompany: oneLine(company), trackingNumber: id, trackingUrl: safeUrl(url) };
	return [compact({ ...fulfilment, status: status ?? ('in_transit' as const), shippedAt })];
}

/** Seconds since 1970, as PHP counts, or a date. */
function momentOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const time = /^\d{9,11}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
	return Number.isNaN(time) ? undefined : time;
}
