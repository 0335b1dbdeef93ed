import { inPath, inQuery, object, required, string } from './fields';
import type { Field, Operation } from './operation';
import { PICK } from './pick';

const key = { label: 'Pack', pick: PICK.pack };
const personalization = object('personalization', 'Values used in texts, such as company_name and city.', {
	company_name: 'Oak School',
});
const setup: readonly Field[] = [
	personalization,
	object(
		'setup_overrides',
		'Own projects, property types or integrations, as JSON.',
		{ projects: [] },
		{ editor: 'json' },
	),
];

export const industryPacks: readonly Operation[] = [
	{
		id: 'industryPack.getMany',
		resource: 'Industry Pack',
		operation: 'Get Many',
		label: 'Get many industry packs',
		description: 'Lists the ready-made setups for industries.',
		route: 'GET /api/industry-packs/public',
		contract: { operationId: 'listPublicIndustryPacks' },
		rows: [68],
		fields: [],
		itemsAt: ['data', 'data.packs', 'packs'],
	},
	{
		id: 'industryPack.preview',
		resource: 'Industry Pack',
		operation: 'Preview',
		label: 'Preview an industry pack',
		description: 'Shows what an industry pack would create.',
		route: 'GET /api/industry-packs/public/{slug}/preview',
		contract: { operationId: 'previewIndustryPack' },
		rows: [69],
		fields: [
			inPath(string('slug', 'Key of the pack.', 'school', key)),
			inQuery(string('company_name', 'Company, used in texts.', 'Oak School')),
			inQuery(string('city', 'City, used in texts.', 'Austin')),
			inQuery({ ...personalization, help: 'Further values used in texts.', example: { state: 'Texas' }, spread: true }),
		],
	},
	{
		id: 'industryPack.apply',
		resource: 'Industry Pack',
		operation: 'Apply',
		label: 'Apply an industry pack',
		description: 'Creates the tags, segments, fields, flows and chatbot of a pack; no undo is known.',
		route: 'POST /api/industry-packs/apply',
		contract: { operationId: 'applyIndustryPack' },
		planLimited: true,
		rows: [70],
		fields: [required(string('pack_slug', 'Key of the pack.', 'school', key)), ...setup],
	},
	{
		id: 'industryPack.getManyAsAdmin',
		resource: 'Industry Pack',
		operation: 'Get Many as Administrator',
		label: 'Get many industry packs as administrator',
		description: 'Lists the industry packs that an administrator sees.',
		route: 'GET /api/industry-packs',
		contract: { operationId: 'listIndustryPacks' },
		rows: [],
		fields: [],
		itemsAt: ['data', 'data.packs', 'packs'],
	},
	{
		id: 'industryPack.resyncFlows',
		resource: 'Industry Pack',
		operation: 'Resync Flows',
		label: 'Resync the flows of the industry pack',
		description: 'Rebuilds the automation flows of the applied industry pack.',
		route: 'POST /api/industry-packs/resync-flows',
		contract: { operationId: 'resyncIndustryPackFlows' },
		rows: [],
		fields: setup,
	},
];
