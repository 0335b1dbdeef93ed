export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What lies at "order.customer.phone"; undefined when there is nothing. */
export const at = (value: unknown, path: string): unknown =>
	path.split('.').reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
