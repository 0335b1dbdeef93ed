import type { MediaKind, Template } from '../records';
import { notFound, Refusal } from '../refusal';
import { checkDefinition } from '../whatsapp/check-definition';
import { fetchMedia, kindOfAddress, tryMedia } from '../whatsapp/fetch-media';
import type { World } from '../world';
import { requireWaba } from './connections';
import { handler, type Handler } from './handler';
import { pageOf } from './paging';

type Fields = Partial<Template> & { waba_id?: string; platform?: string; header_url?: string };

function templateById(world: World, id: string | undefined): Template {
	const template = world.state.templates.find(({ _id }) => _id === id);
	if (!template) throw notFound(`Template ${id}`);
	return template;
}

// Meta writes the body of authentication templates itself.
const CODE_BODY = '*{{1}}* is your verification code.';

/** Meta reviews a template on creation and again after each edit. */
async function review(world: World, posted: Fields): Promise<Fields> {
	checkDefinition(posted);
	const fields = posted.category === 'AUTHENTICATION' ? { message_body: CODE_BODY, ...posted } : posted;
	if (fields.header_url === undefined) return fields;
	const kind = fields.header_media_type ?? kindOfAddress(fields.header_url);
	await fetchMedia(fields.header_url, kind, { timeoutMs: world.settings.mediaTimeoutMs, header: true });
	return { ...fields, header_media_type: kind };
}

const approval = (world: World): Pick<Template, 'status'> => ({
	status: world.settings.approve === 'at-once' ? 'APPROVED' : 'pending',
});

export const templates: Record<string, Handler> = {
	createTemplate: handler<Fields & Pick<Template, 'template_name' | 'language' | 'category'>>(async (call) => {
		const { world, body } = call;
		if (body.platform === undefined) requireWaba(String(body.waba_id));
		const isTwin = (other: Template): boolean =>
			other.template_name === body.template_name && other.language === body.language;
		if (world.state.templates.some(isTwin)) {
			throw new Refusal(400, `Template ${body.template_name} exists already in ${body.language}`);
		}
		const fields = await review(world, body);
		const at = world.clock.now().toISOString();
		const template: Template = {
			...body,
			...fields,
			...approval(world),
			_id: world.state.nextId(),
			createdAt: at,
			updatedAt: at,
		};
		world.state.templates.push(template);
		// The answer says pending even where approval follows at once, as at Meta: callers have to look again.
		return { success: true, message: 'Template created', data: { ...template, status: 'pending' } };
	}),

	listTemplates: handler((call) => {
		const { waba_id: wabaId, platform } = call.query;
		if (wabaId === undefined && platform === undefined) throw new Refusal(400, 'waba_id is required');
		if (wabaId !== undefined) requireWaba(String(wabaId));
		const found = call.world.state.templates.filter((template) => template['platform'] === platform);
		const { items, pagination } = pageOf(found, call);
		return { success: true, data: items, pagination };
	}),

	updateTemplate: handler<Fields>(async ({ world, path, body }) => {
		const template = templateById(world, path['id']);
		const fields = await review(world, { ...template, ...body });
		Object.assign(template, fields, approval(world), { _id: template._id, updatedAt: world.clock.now().toISOString() });
		return { success: true, data: { ...template, status: 'pending' } };
	}),

	deleteTemplate: handler(({ world, path }) => {
		const template = templateById(world, path['id']);
		world.state.templates = world.state.templates.filter((other) => other !== template);
		return { success: true, message: 'Template deleted' };
	}),

	syncTemplateStatus: handler<{ waba_id: string; template_ids?: string[] }>(({ world, body }) => {
		requireWaba(body.waba_id);
		const chosen = world.state.templates.filter(({ _id }) => body.template_ids?.includes(_id) ?? true);
		const data = chosen.map(({ _id, template_name, language, status }) => ({ _id, template_name, language, status }));
		return { success: true, message: `${data.length} templates looked up`, data };
	}),

	syncTemplates: handler<{ waba_id: string }>(({ world, body }) => {
		requireWaba(body.waba_id);
		return { success: true, message: `${world.state.templates.length} templates synced` };
	}),

	validateTemplateMediaUrl: handler<{ url: string; media_type?: MediaKind }>(async ({ world, body }) => {
		const kind = body.media_type ?? kindOfAddress(body.url);
		const result = await tryMedia(body.url, kind, { timeoutMs: world.settings.mediaTimeoutMs, header: true });
		return result.ok ? { success: true, reachable: true } : { success: true, reachable: false, message: result.reason };
	}),
};
