import type { Template } from '../records';
import { notFound, Refusal } from '../refusal';
import { wabaById } from '../state';
import { checkApproval, findTemplate } from '../whatsapp/check-template-message';
import { statusAt } from '../whatsapp/progress';
import type { World } from '../world';
import { allCampaigns, campaigns, type Campaign, type CampaignBody } from './campaign';
import { handler, type Handler } from './handler';
import { listAnswer } from './paging';
import { runCampaign } from './run-campaign';

/** Values that a form carries as JSON text. */
const AS_TEXT = ['contact_numbers', 'tag_ids', 'variables_mapping', 'carousel_cards_data'];

function readNested(body: Record<string, unknown>): Record<string, unknown> {
	const read = ([name, value]: [string, unknown]): [string, unknown] => {
		if (!AS_TEXT.includes(name) || typeof value !== 'string') return [name, value];
		try {
			return [name, JSON.parse(value)];
		} catch {
			throw new Refusal(400, `body.${name} must be JSON text`);
		}
	};
	return Object.fromEntries(Object.entries(body).map(read));
}

/** The approved template of a campaign; refuses as WhatsApp does when there is none. */
function templateOf(
	{ state }: World,
	{ waba_id: waba, platform, template_name: templateName, language }: CampaignBody,
): Template {
	const isOnWhatsApp = platform === undefined || platform === 'whatsapp' || platform === 'all';
	const template = findTemplate(state, {
		templateName,
		...(language !== undefined && { languageCode: language }),
		...(isOnWhatsApp ? waba !== undefined && { wabaId: wabaById(state, waba)._id } : { platform }),
	});
	checkApproval(template);
	return template;
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

	createCampaign: handler<Record<string, unknown>>(({ world, body: { _id: _, ...posted } }) => {
		const body = readNested(posted);
		const isLater =
			body['is_scheduled'] === true && Date.parse(String(body['scheduled_at'])) > world.clock.now().getTime();
		templateOf(world, body as unknown as CampaignBody);
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
