import type { MediaKind, Template } from '../records';
import { notFound, Refusal } from '../refusal';
import { wabaById } from '../state';
import { checkDefinition } from '../whatsapp/check-definition';
import { fetchMedia, fetchOptions, kindOfAddress, tryMedia } from '../whatsapp/fetch-media';
import type { World } from '../world';
import { handler, type Handler } from './handler';
import { listAnswer } from './paging';

type Fields = Partial<Template> & { header_url?: string };

/** The template with this record id. */
export function templateById(world: World, id: string | undefined): Template {
	const template = world.state.templates.find(({ _id }) => _id === id);
	if (!template) throw notFound(`Template ${id}`);
	return template;
}

// Meta writes the body of authentication templates itself.
const CODE_BODY = '*{{1}}* is your verification code.';

/** Meta reviews a template on creation and again after each edit; those of other channels nobody does. */
async function review(world: World, posted: Fields): Promise<Fields> {
	if (posted.platform !== undefined) return posted;
	checkDefinition(posted);
	const fields = posted.category === 'AUTHENTICATION' ? { message_body: CODE_BODY, ...posted } : posted;
	for (const { header_url: url } of fields.carousel_cards ?? []) {
		if (url !== undefined) await fetchMedia(url, kindOfAddress(url), fetchOptions(world, true));
	}
	if (fields.header_url === undefined) return fields;
	const kind = fields.header_media_type ?? kindOfAddress(fields.header_url);
	await fetchMedia(fields.header_url, kind, fetchOptions(world, true));
	return { ...fields, header_media_type: kind };
}

/** Templates of other channels do not go to Meta. */
const approval = ({ settings }: World, { platform }: Fields): Pick<Template, 'status'> => ({
	status: settings.approve === 'at-once' || platform !== undefined ? 'APPROVED' : 'pending',
});

/** Says pending even where approval follows at once, as Meta does: callers have to look again. */
const submitted = (template: Template): Template =>
	template.platform === undefined ? { ...template, status: 'pending' } : template;

const ofWaba = (world: World, id: string): Template[] => {
	const { _id } = wabaById(world.state, id);
	return world.state.templates.filter((template) => template.waba_id === _id);
};

export const templates: Record<string, Handler> = {
	createTemplate: handler<Fields & Pick<Template, 'template_name'>>(async ({ world, body }) => {
		const { platform } = body;
		const place = platform === undefined ? { waba_id: wabaById(world.state, String(body.waba_id))._id } : { platform };
		// Templates of other channels may leave both out.
		const { language = 'en_US', category = 'UTILITY' } = body;
		const isTwin = (other: Template): boolean =>
			other.template_name === body.template_name &&
			other.language === language &&
			other.platform === platform &&
			other.waba_id === place.waba_id;
		if (world.state.templates.some(isTwin)) {
			throw new Refusal(400, `Template ${body.template_name} exists already in ${language}`);
		}
		const fields = await review(world, body);
		const at = world.clock.now().toISOString();
		const template: Template = {
			...body,
			...fields,
			...place,
			...approval(world, body),
			language,
			category,
			template_name: body.template_name,
			_id: world.state.nextId(),
			createdAt: at,
			updatedAt: at,
		};
		world.state.templates.push(template);
		return { success: true, message: 'Template created', data: submitted(template) };
	}),

	listTemplates: handler((call) => {
		const { waba_id: wabaId, platform } = call.query;
		if (wabaId === undefined && platform === undefined) throw new Refusal(400, 'waba_id is required');
		const found = wabaId === undefined ? call.world.state.templates : ofWaba(call.world, String(wabaId));
		return listAnswer(
			found.filter((template) => template.platform === platform),
			call,
		);
	}),

	updateTemplate: handler<Fields>(async ({ world, path, body }) => {
		const template = templateById(world, path['id']);
		const fields = await review(world, { ...template, ...body });
		const kept = { _id: template._id, updatedAt: world.clock.now().toISOString() };
		Object.assign(template, fields, approval(world, template), kept);
		return { success: true, data: submitted(template) };
	}),

	deleteTemplate: handler(({ world, path }) => {
		const template = templateById(world, path['id']);
		world.state.templates = world.state.templates.filter((other) => other !== template);
		return { success: true, message: 'Template deleted' };
	}),

	syncTemplateStatus: handler<{ waba_id: string; template_ids?: string[] }>(({ world, body }) => {
		const chosen = ofWaba(world, body.waba_id).filter(({ _id }) => body.template_ids?.includes(_id) ?? true);
		const data = chosen.map(({ _id, template_name, language, status }) => ({ _id, template_name, language, status }));
		return { success: true, message: `${data.length} templates looked up`, data };
	}),

	syncTemplates: handler<{ waba_id: string }>(({ world, body }) => ({
		success: true,
		message: `${ofWaba(world, body.waba_id).length} templates synced`,
	})),

	validateTemplateMediaUrl: handler<{ url: string; media_type?: MediaKind }>(async ({ world, body }) => {
		const kind = body.media_type ?? kindOfAddress(body.url);
		const result = await tryMedia(body.url, kind, fetchOptions(world, true));
		return result.ok ? { success: true, reachable: true } : { success: true, reachable: false, message: result.reason };
	}),
};
