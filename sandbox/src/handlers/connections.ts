import type { PhoneNumber } from '../records';
import { notFound } from '../refusal';
import { numberById, wabaById, type State } from '../state';
import { handler, type Handler } from './handler';

const shown = ({
	digits: _,
	profile: _profile,
	calling: _calling,
	...number
}: PhoneNumber): Record<string, unknown> => ({
	id: number._id,
	...number,
});

/** The number of the path, which must be of its WABA. */
function numberOf(state: State, { wabaId = '', phoneNumberId = '' }: Record<string, string>): PhoneNumber {
	const number = numberById(state, phoneNumberId);
	if (number.waba_id !== wabaById(state, wabaId)._id) throw notFound(`Phone number ${phoneNumberId} of WABA ${wabaId}`);
	return number;
}

export const connections: Record<string, Handler> = {
	listConnections: handler(({ world }) => ({
		success: true,
		data: world.state.wabas.map((waba) => ({ id: waba._id, ...waba, provider: 'business_api', is_active: true })),
		total_wabas: world.state.wabas.length,
	})),

	listPhoneNumbers: handler(({ world }) => ({ success: true, phone_numbers: world.state.numbers.map(shown) })),

	listWabaPhoneNumbers: handler(({ world: { state }, path }) => {
		const waba = wabaById(state, path['wabaId'] ?? '');
		return { success: true, phone_numbers: state.numbers.filter(({ waba_id: id }) => id === waba._id).map(shown) };
	}),

	setupWabaWebhooks: handler(({ world, path }) => {
		const { name } = wabaById(world.state, path['wabaId'] ?? '');
		return { success: true, message: `Webhooks of ${name} are set up` };
	}),

	syncWorkspace: handler(({ world: { state } }) => ({
		success: true,
		message: `${state.wabas.length} WABAs and ${state.numbers.length} numbers synced`,
	})),

	getBusinessProfile: handler(({ world, path }) => ({ success: true, data: numberOf(world.state, path).profile })),

	updateBusinessProfile: handler<Record<string, unknown>>(({ world, path, body }) => {
		const number = numberOf(world.state, path);
		const { new_display_name: name, ...profile } = body;
		// Meta shows a new name only once it has approved it; here that is at once.
		if (typeof name === 'string') number.verified_name = name;
		Object.assign(number.profile, profile);
		world.changed();
		return { success: true, data: number.profile };
	}),
};
