import { notFound, Refusal } from '../refusal';
import type { Entry, State } from '../state';
import type { World } from '../world';
import { Collection, type Find } from './collection';
import { handler, type Call, type Handler } from './handler';

const accounts = new Collection('ad-accounts', { noun: 'Ad account' });

const accountOf: Find = (state, id) => {
	const account = accounts.all(state).find(({ _id, account_id: metaId }) => _id === id || metaId === id);
	if (!account) throw notFound(`Ad account ${id}`);
	// Campaigns name accounts by their id at Meta.
	return { _id: String(account['account_id']) };
};

export const adCampaigns = new Collection('ad-campaigns', {
	noun: 'Ad campaign',
	search: ['name'],
	references: { ad_account_id: accountOf },
	defaults: { status: 'PAUSED' },
});
export const adSets = new Collection('ad-sets', { noun: 'Ad set', references: { campaign_id: adCampaigns.find } });
const ads = new Collection('ads', { noun: 'Ad', references: { ad_set_id: adSets.find } });

const LEVELS: Record<string, Collection> = { campaign: adCampaigns, adset: adSets, ad: ads };

const INTERESTS = [
	{ id: '6003020834693', name: 'Lamps', type: 'adinterest' },
	{ id: '6003148544265', name: 'Interior design', type: 'adinterest' },
	{ id: 'US', name: 'United States', type: 'adgeolocation' },
	{ id: 'IN', name: 'India', type: 'adgeolocation' },
];
const PLACES = [
	{ name: 'Austin', latitude: 30.2672, longitude: -97.7431 },
	{ name: 'Mumbai', latitude: 19.076, longitude: 72.8777 },
	{ name: 'London', latitude: 51.5072, longitude: -0.1276 },
];

/** Ad accounts, as Facebook gives them when it is asked. */
export function pullAdAccounts(world: World): Entry[] {
	const known = accounts.all(world.state);
	if (known.length === 0) accounts.add(world, { account_id: 'act_100200', name: 'Lamp House', currency: 'USD' });
	return accounts.all(world.state);
}

/** Adds a campaign with the ad sets that came as JSON text. */
function addAdCampaign(world: World, { ad_sets: text, ...fields }: Record<string, unknown>): Entry {
	const sets = text === undefined ? [] : parsedSets(String(text));
	const campaign = adCampaigns.add(world, fields);
	for (const set of sets) adSets.add(world, { ...set, campaign_id: campaign._id });
	return campaign;
}

function parsedSets(text: string): Record<string, unknown>[] {
	try {
		const sets: unknown = JSON.parse(text);
		if (Array.isArray(sets)) return sets.map((set: unknown) => Object(set) as Record<string, unknown>);
	} catch {
		// said below
	}
	throw new Refusal(400, 'ad_sets must be a list, as JSON text');
}

const inside = (state: State, kind: Collection, field: string, id: string): Entry[] =>
	kind.all(state).filter((entry) => entry[field] === id);

const matching = <Item extends { name: string }>(items: readonly Item[], { query }: Call): Item[] =>
	items.filter(({ name }) => name.toLowerCase().includes(String(query['q']).toLowerCase()));

export const facebookAds: Record<string, Handler> = {
	...accounts.serve({ list: 'listFacebookAdAccounts' }),
	...adCampaigns.serve({
		list: 'listFacebookAdCampaigns',
		get: 'getFacebookAdCampaign',
		update: ['updateFacebookAdCampaign', 'updateFacebookAdStatus'],
		remove: 'deleteFacebookAdCampaign',
	}),
	...adSets.serve({ create: 'createFacebookAdSet' }),
	...ads.serve({ create: 'createFacebookAd' }),

	syncFacebookAdAccounts: handler(({ world }) => ({ success: true, data: pullAdAccounts(world) })),

	createFacebookAdCampaign: handler<Record<string, unknown>>(({ world, body }) => ({
		success: true,
		data: addAdCampaign(world, body),
	})),

	getFacebookAdHierarchy: handler(({ world: { state } }) => ({
		success: true,
		data: adCampaigns.all(state).map((campaign) => ({
			...campaign,
			ad_sets: inside(state, adSets, 'campaign_id', campaign._id).map((set) => ({
				...set,
				ads: inside(state, ads, 'ad_set_id', set._id),
			})),
		})),
	})),

	listFacebookAdSets: handler(({ world: { state }, path }) => {
		const { _id } = adCampaigns.find(state, path['id'] ?? '');
		return { success: true, data: inside(state, adSets, 'campaign_id', _id) };
	}),

	// Nobody sees these ads.
	getFacebookAdInsights: handler(({ world, path, query }) => {
		const { level = '', id = '' } = path;
		const entry = LEVELS[level]?.find(world.state, id);
		if (!entry) throw new Refusal(400, `level must be one of ${Object.keys(LEVELS).join(', ')}, but is ${level}`);
		const date_preset = query['date_preset'] ?? 'last_30d';
		return { success: true, data: { id, level, date_preset, impressions: 0, clicks: 0, spend: '0.00' } };
	}),

	searchFacebookAdTargeting: handler((call) => ({
		success: true,
		data: matching(INTERESTS, call).filter(({ type }) => type === call.query['type']),
	})),

	geocodeFacebookAdTargeting: handler((call) => {
		const [place] = matching(PLACES, call);
		if (!place) throw notFound(`Place ${String(call.query['q'])}`);
		return { success: true, data: place };
	}),
};
