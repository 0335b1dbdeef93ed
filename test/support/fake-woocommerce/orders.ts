import type { TestClock } from '../clock';
import { type FakeOrder, newOrder, type NewOrder, restOrder } from './order';
import { gmt, local, mysqlDate } from './site-time';

export type Topic = 'order.created' | 'order.updated' | 'order.deleted' | 'order.restored';

/** The shop's orders. Every change moves `date_modified` (whole seconds) and is told to `changed`. */
export function createOrders(
	{ clock, zone, site }: { clock: TestClock; zone: string; site: () => string },
	changed: (topic: Topic, order: number) => void,
) {
	const orders = new Map<number, FakeOrder>();
	let lastId = 726;
	let lastPart = 9000;
	const now = () => new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
	const get = (id: number): FakeOrder => {
		const order = orders.get(id);
		if (!order) throw new Error(`no order ${id}`);
		return order;
	};
	/** As the merchant, a plugin or the buyer changes it. */
	const change = (id: number, changes: Partial<FakeOrder> | ((order: FakeOrder) => void)): void => {
		const order = get(id);
		if (typeof changes === 'function') changes(order);
		else Object.assign(order, changes);
		order.modified = now();
		changed('order.updated', id);
	};

	return {
		get,
		rest: (id: number): Record<string, unknown> | undefined => {
			const order = orders.get(id);
			return order && restOrder(order, zone, site());
		},
		place: (given: NewOrder = {}): number => {
			const id = ++lastId;
			orders.set(id, newOrder(id, now(), given));
			if (!['auto-draft', 'draft', 'new'].includes(given.status ?? '')) changed('order.created', id);
			return id;
		},
		/** An older order than the shop's own clock says: an import. */
		put: (order: FakeOrder): void => void orders.set(order.id, order),
		change,
		pay: (id: number) => change(id, { status: 'processing', paid: now() }),
		complete: (id: number) => change(id, { status: 'completed', completed: now() }),
		cancel: (id: number) => change(id, { status: 'cancelled' }),
		/** A whole refund changes the status, a partial one does not. */
		refund: (id: number, amount?: string) =>
			change(id, (order) => {
				order.refunds.push({ id: ++lastPart, reason: '', total: `-${amount ?? order.total}` });
				if (amount === undefined) order.status = 'refunded';
			}),
		/** As the Shipment Tracking plugin keeps it. */
		track: (id: number, number: string, provider = 'Delhivery') =>
			change(id, (order) => {
				const item = {
					tracking_provider: provider,
					tracking_number: number,
					tracking_id: `t${number}`,
					date_shipped: '',
				};
				const meta = order.meta.find(({ key }) => key === '_wc_shipment_tracking_items');
				if (meta) (meta.value as object[]).push(item);
				else order.meta.push({ id: ++lastPart, key: '_wc_shipment_tracking_items', value: [item] });
			}),
		trash: (id: number) => {
			const order = get(id);
			Object.assign(order, { was: order.status, status: 'trash', modified: now() });
			changed('order.deleted', id);
		},
		restore: (id: number) => {
			const order = get(id);
			Object.assign(order, { status: order.was ?? 'pending', modified: now() });
			changed('order.restored', id);
		},
		addNote: (id: number, note: string, customerNote: boolean) => {
			// wp_insert_comment takes backslashes out; no webhook: a note is no change of the order.
			const added = { id: ++lastPart, note: note.replaceAll('\\', ''), customer_note: customerNote };
			get(id).notes.push(added);
			return added;
		},
		/** GET orders: filters, sorting and paging as WP_Query has them. */
		list: (query: URLSearchParams): { items: Record<string, unknown>[]; total: number; pages: number } => {
			const inGmt = ['true', '1'].includes(query.get('dates_are_gmt') ?? '');
			const column = (order: FakeOrder) => (inGmt ? gmt(order.modified) : local(order.modified, zone));
			const [after, before] = ['modified_after', 'modified_before'].map((name) => {
				const text = query.get(name);
				return text === null ? undefined : mysqlDate(text, zone);
			});
			const status = query.get('status') ?? 'any';
			const found = [...orders.values()].filter(
				(order) =>
					(status === 'any' ? order.status !== 'trash' && order.status !== 'auto-draft' : order.status === status) &&
					(after === undefined || column(order) > after) &&
					(before === undefined || column(order) < before),
			);
			const by = { modified: 'modified', date: 'created', id: 'id' }[query.get('orderby') ?? 'date'] ?? 'created';
			const sign = query.get('order') === 'asc' ? 1 : -1;
			const rank = (order: FakeOrder) => Number(order[by as 'modified' | 'created' | 'id']);
			found.sort((one, other) => sign * (rank(one) - rank(other) || one.id - other.id));
			const size = Number(query.get('per_page') ?? 10);
			const start = (Number(query.get('page') ?? 1) - 1) * size;
			return {
				items: found.slice(start, start + size).map((order) => restOrder(order, zone, site())),
				total: found.length,
				pages: Math.ceil(found.length / size),
			};
		},
	};
}
export type FakeOrders = ReturnType<typeof createOrders>;
