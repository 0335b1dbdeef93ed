import type { PhoneNumber } from '../records';
import { notFound } from '../refusal';
import { WABA } from '../state';
import { handler, type Handler } from './handler';

const isOurWaba = (id: string): boolean => id === WABA._id || id === WABA.waba_id;

/** Refuses ids of WABAs that are not connected; record id and Meta id are both taken. */
export function requireWaba(id: string): void {
	if (!isOurWaba(id)) throw notFound(`WABA ${id}`);
}

const shown = ({ digits: _, ...number }: PhoneNumber): Record<string, unknown> => ({ id: number._id, ...number });

export const connections: Record<string, Handler> = {
	listConnections: handler(() => ({
		success: true,
		data: [{ ...WABA, id: WABA._id, provider: 'business_api', is_active: true }],
		total_wabas: 1,
	})),

	listPhoneNumbers: handler(({ world }) => ({ success: true, phone_numbers: world.state.numbers.map(shown) })),

	listWabaPhoneNumbers: handler(({ world, path }) => {
		requireWaba(path['wabaId'] ?? '');
		return { success: true, phone_numbers: world.state.numbers.map(shown) };
	}),
};
