import { woocommerceSource } from '../../../../bridge/src/sources/woocommerce/woocommerce-source';
import { WOO_SECRET, WOO_URL, wooOrder } from '../../../support/woocommerce';

const source = woocommerceSource({ id: 'boutique', url: WOO_URL, secrets: [WOO_SECRET] }, {});
type Meta = { key: string; value: unknown }[];

const body = (meta: Meta, lineMeta: Meta = []) => {
	const order = wooOrder('order.created.in-cod-optin');
	const lines = (order['line_items'] as object[]).map((line) => ({ ...line, meta_data: lineMeta }));
	return { ...order, meta_data: meta, line_items: lines };
};
const stored = (payload: object) => ({
	topic: 'order.updated',
	headers: {},
	body: Buffer.from(JSON.stringify(payload)),
});
/** What is told of the change from no tracking, or from `before`, to this. */
function shipments(payload: object, before: object = body([])) {
	const reading = source.read(stored(payload), { previous: stored(before), overtaken: false });
	if (reading.kind !== 'event') throw new Error(reading.kind);
	return [reading, ...(reading.also ?? [])].flatMap(({ event, shipment }) =>
		event === 'shipment.updated' ? [shipment] : [],
	);
}
const delhivery = {
	trackingCompany: 'Delhivery',
	trackingNumber: 'DL1',
	trackingUrl: 'https://track.example/DL1',
	status: 'in_transit',
};

// As each plugin writes it.
test.each<[string, object]>([
	[
		'WooCommerce Shipment Tracking',
		body([
			{
				key: '_wc_shipment_tracking_items',
				value: [
					{
						tracking_provider: '',
						custom_tracking_provider: 'Delhivery',
						custom_tracking_link: 'https://track.example/DL1',
						tracking_number: 'DL1',
						date_shipped: '1795132800',
						tracking_id: 'a',
					},
				],
			},
		]),
	],
	[
		'Advanced Shipment Tracking',
		body([
			{
				key: '_wc_shipment_tracking_items',
				value: [
					{
						tracking_provider: 'delhivery',
						formatted_tracking_provider: 'Delhivery',
						formatted_tracking_link: 'https://track.example/DL1',
						ast_tracking_link: 'https://track.example/DL1',
						tracking_number: ' DL1\n',
						date_shipped: 1795132800,
					},
				],
			},
		]),
	],
	[
		'ParcelPanel',
		body([
			{
				key: '_parcelpanel_shipping_numbers',
				value: JSON.stringify({
					DL1: {
						tracking_number: 'DL1',
						courier_code: 'Delhivery',
						courier_url: 'https://track.example/DL1',
						fulfilled_at: 1795132800,
					},
				}),
			},
		]),
	],
	[
		'AfterShip',
		body([
			{
				key: '_aftership_tracking_items',
				value: [{ tracking_number: 'DL1', slug: 'Delhivery', tracking_link: 'https://track.example/DL1' }],
			},
			{ key: '_aftership_tracking_number', value: 'DL1' },
		]),
	],
	[
		'Orders Tracking by VillaTheme',
		body(
			[],
			[
				{
					key: '_vi_wot_order_item_tracking_data',
					value: JSON.stringify([
						{
							tracking_number: 'DL1',
							carrier_name: 'Delhivery',
							carrier_url: 'https://track.example/DL1',
							time: 1795132800,
						},
					]),
				},
			],
		),
	],
	[
		'YITH',
		body([
			{ key: 'ywot_tracking_code', value: 'DL1' },
			{ key: 'ywot_carrier_name', value: 'Delhivery' },
			{ key: 'ywot_carrier_url', value: 'https://track.example/DL1' },
		]),
	],
	[
		'plain custom fields',
		body([
			{ key: '_tracking_number', value: 'DL1' },
			{ key: '_tracking_provider', value: 'Delhivery' },
			{ key: '_tracking_url', value: 'https://track.example/DL1' },
		]),
	],
])('%s: the parcel is told once, however many lines name it', (_, payload) => {
	expect(shipments(payload)).toEqual([{ id: 'DL1', ...delhivery }]);
	expect(shipments(payload, payload)).toEqual([]);
	const reading = source.read(stored(payload));
	const { status: _status, ...fulfilment } = delhivery;
	expect(reading.kind === 'event' && reading.order?.fulfilments).toEqual([{ id: 'DL1', ...fulfilment }]);
});

const item = (tracking_number: string) => ({ tracking_number, formatted_tracking_provider: 'Delhivery' });
const items = (numbers: string[], states: Meta = []) =>
	body([{ key: '_wc_shipment_tracking_items', value: numbers.map(item) }, ...states]);
const states = (...words: string[]): Meta => [{ key: 'shipment_status', value: words.map((status) => ({ status })) }];

test('a second parcel and a corrected number are parcels of their own', () => {
	expect(shipments(items(['DL1', 'DL2']), items(['DL1'])).map((shipment) => shipment?.id)).toEqual(['DL2']);
	expect(shipments(items(['DL9']), items(['DL1'])).map((shipment) => shipment?.id)).toEqual(['DL9']);
	expect(shipments(items([]), items(['DL1']))).toEqual([]);
});

test('TrackShip says how far each parcel is', () => {
	const words = (now: string[], before: string[]) =>
		shipments(items(['DL1', 'DL2'], states(...now)), items(['DL1', 'DL2'], states(...before))).map((shipment) =>
			[shipment?.id, shipment?.status].join(' '),
		);
	expect(words(['in_transit', 'out_for_delivery'], ['pre_transit', 'in_transit'])).toEqual(['DL2 out_for_delivery']);
	expect(words(['delivered', 'return_to_sender'], ['in_transit', 'in_transit'])).toEqual([
		'DL1 delivered',
		'DL2 failed',
	]);
	expect(words(['available_for_pickup', 'constructor'], ['in_transit', 'in_transit'])).toEqual([]);
});

test('nothing of a parcel whose order is cancelled', () => {
	const cancelled = { ...items(['DL1']), status: 'cancelled' };
	expect(shipments(cancelled, cancelled)).toEqual([]);
	expect(shipments(cancelled)).toEqual([]);
});

test.each<[string, unknown]>([
	['text that is no JSON', 'DL1'],
	['an empty list', []],
	['nothing', null],
	['numbers', [1, null, 'x', {}, { tracking_number: '' }]],
	['a link that runs', [{ tracking_number: 'DL1', custom_tracking_link: 'javascript:alert(1)' }]],
])('%s in a plugin’s field does no harm', (_, value) => {
	for (const shipment of shipments(body([{ key: '_wc_shipment_tracking_items', value }])))
		expect(shipment).toEqual({ id: 'DL1', trackingNumber: 'DL1', status: 'in_transit' });
});
