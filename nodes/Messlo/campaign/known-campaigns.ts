import { operation, readText } from '../../../catalog';
import { collect } from '../api/collect';
import type { Api } from '../api/connect';

/** A campaign as the list of the API has it. */
export interface Campaign {
	id: string;
	name: string;
	status: string;
	createdAt: string;
	record: Readonly<Record<string, unknown>>;
}

const LIST = operation('campaign.getMany');

export async function knownCampaigns(api: Api): Promise<Campaign[]> {
	return (await collect(api, LIST, {}, Infinity)).map((record) => ({
		id: readText(record, '_id', 'id') ?? '',
		name: (readText(record, 'name') ?? '').trim(),
		status: (readText(record, 'status') ?? '').toLowerCase(),
		createdAt: readText(record, 'createdAt', 'created_at') ?? '',
		record,
	}));
}

// The API's words for states are not published; these can only mean that it went out, or is going out.
const BEGUN = /^(sending|sent|running|started|in[ _-]?progress|processing|completed|complete|finished|done|delivered)$/;

/** Whether people have got it, or are getting it. */
export const isBegun = ({ status, record }: Campaign): boolean =>
	BEGUN.test(status) || Number(record['sent_count']) > 0;

/** For an error: which one it is, and how far. */
export const told = ({ id, status, createdAt }: Campaign): string =>
	[status || 'in an unknown state', ...(createdAt ? [`created ${createdAt}`] : []), `ID ${id}`].join(', ');
