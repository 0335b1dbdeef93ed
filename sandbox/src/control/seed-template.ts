import type { Template } from '../records';
import { Refusal } from '../refusal';
import { WABA } from '../state';
import type { World } from '../world';

export type TemplateSeed = Partial<Template> & { name: string; language: string };

/** Changes the template of this name and language, or makes it, approved unless the seed says otherwise. */
export function seedTemplate(world: World, { name, ...fields }: TemplateSeed): Template {
	const at = world.clock.now().toISOString();
	const known = world.state.templates.find(
		({ template_name, language }) => template_name === name && language === fields.language,
	);
	if (known) return Object.assign(known, fields, { updatedAt: at });
	if (fields.message_body === undefined) {
		throw new Refusal(400, `There is no template ${name} in ${fields.language}; to make it, give its message_body too`);
	}
	const template: Template = {
		waba_id: WABA._id,
		category: 'UTILITY',
		status: 'APPROVED',
		...fields,
		template_name: name,
		_id: world.state.nextId(),
		createdAt: at,
		updatedAt: at,
	};
	world.state.templates.push(template);
	return template;
}
