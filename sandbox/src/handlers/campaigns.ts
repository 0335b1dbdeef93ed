import { isObject } from '../openapi/json';
import { notFound, Refusal } from '../refusal';
import { wabaById } from '../state';
import { checkApproval, findTemplate } from '../whatsapp/check-template-message';
import { statusAt } from '../whatsapp/progress';
import type { World } from '../world';
import { allCampaigns, campaigns, type Campaign, type CampaignBody } from './campaign';
import { handler, type Handler } from './handler';
import { listAnswer } from './paging';
import { runCampaign } from './run-campaign';

/** Values that a form carries as JSON text, and whether each is a list. The contract sees texts only. */
const AS_TEXT: Record<string, boolean> = {
	contact_numbers: true,
	tag_ids: true,
	variables_mapping: false,
	carousel_cards_data: true,
};

function readNested(body: CampaignBody): CampaignBody {
	const read = ([name, value]: [string, unknown]): [string, unknown] => {
		const isList = AS_TEXT[name];
		if (isList === undefined || typeof value !== 'string') return [name, value];
		const parsed = parse(value);
		if (isList ? Array.isArray(parsed) : isObject(parsed)) return [name, parsed];
		throw new Refusal(400, `body.${name} must be ${isList ? 'a list' : 'an object'} as JSON text`);
	};
	return { ...body, ...Object.fromEntries(Object.entries(body).map(read)) };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** What the contract asks for in JSON bodies only. */
function checkAudience({ recipient_type: type, contact_numbers: numbers = [], tag_ids: ids = [] }: CampaignBody): void {
	if (type === 'specific_contacts' && numbers.length === 0) throw new Refusal(400, 'body.contact_numbers is required');
	if (type === 'tags' && ids.length === 0) throw new Refusal(400, 'body.tag_ids is required');
}

/** Refuses as WhatsApp does when there is no such template, or none that is approved. */
function checkTemplate(
	{ state }: World,
	{ waba_id: waba, platform, template_name: templateName, language }: CampaignBody,
): void {
	const isOnWhatsApp = platform === undefined || platform === 'whatsapp' || platform === 'all';
	const template = findTemplate(state, {
		templateName,
		...(language !== undefined && { languageCode: language }),
		...(isOnWhatsApp ? waba !== undefined && { wabaId: wabaById(state, waba)._id } : { platform }),
	});
	checkApproval(template);
}

/** Starts what is due by the sandbox's clock, and ends when it is sent. */
export async function runDueCampaigns(world: World): Promise<void> {
	const now = world.clock.now().getTime();
	const due = allCampaigns(world).filter(
		({ status, scheduled_at: at = '' }) => status === 'scheduled' && Date.parse(at) <= now,
	);
	for (const campaign of due) await runCampaign(world, campaign);
}

/** Starts a campaign when its time has come, also when nobody asks. */
async function waitFor(world: World, { _id, scheduled_at: at = '' }: Campaign): Promise<void> {
	const isWaiting = (): boolean => allCampaigns(world).some((one) => one._id === _id && one.status === 'scheduled');
	while (isWaiting()) {
		await world.clock.wait(Math.max(0, Date.parse(at) - world.clock.now().getTime()));
		await runDueCampaigns(world);
	}
}

const later = (work: Promise<void>): void => void work.catch((error: unknown) => console.error(error));

function shown(world: World, campaign: Campaign): Record<string, unknown> {
	const now = world.clock.now();
	const states = world.state.messages
		.filter(({ sentBy }) => sentBy === campaign._id)
		.map((message) => statusAt(message, now));
	const count = (...wanted: string[]): number => states.filter((status) => wanted.includes(status)).length;
	const refused = Array.isArray(campaign['errors']) ? campaign['errors'].length : 0;
	return {
		...campaigns.shown(campaign),
		sent_count: states.length,
		delivered_count: count('delivered', 'read'),
		read_count: count('read'),
		failed_count: refused + count('failed'),
	};
}

export const campaignHandlers: Record<string, Handler> = {
	listCampaigns: handler(async (call) => {
		await runDueCampaigns(call.world);
		const found = allCampaigns(call.world).map((campaign) => shown(call.world, campaign));
		return listAnswer(found.reverse(), call);
	}),

	createCampaign: handler<CampaignBody & { _id?: unknown }>(({ world, body: { _id: _, ...posted } }) => {
		const body = readNested(posted);
		const { is_scheduled: isScheduled = false, scheduled_at: at = '' } = body;
		const isLater = isScheduled && Date.parse(at) > world.clock.now().getTime();
		checkAudience(body);
		checkTemplate(world, body);
		const status = isLater ? 'scheduled' : 'pending';
		const campaign = campaigns.add(world, { platform: 'whatsapp', ...body, status, total_contacts: 0 }) as Campaign;
		if (isLater) later(waitFor(world, campaign));
		else if (world.settings.campaigns === 'at-once') later(runCampaign(world, campaign));
		return { success: true, message: 'Campaign created', data: shown(world, campaign) };
	}),

	sendCampaign: handler(({ world, path }) => {
		const campaign = allCampaigns(world).find(({ _id }) => _id === path['id']);
		if (!campaign) throw notFound(`Campaign ${path['id']}`);
		if (campaign.status !== 'pending' && campaign.status !== 'scheduled') {
			throw new Refusal(400, `Campaign ${campaign.name} is ${campaign.status} already`);
		}
		later(runCampaign(world, campaign));
		return { success: true, message: 'Campaign is being sent', data: shown(world, campaign) };
	}),
};
