import { at, readItems, readText } from '../../../catalog';
import type { Config } from '../config/config';
import type { Mapping } from '../mapping/mapping';
import { liquid } from '../mapping/liquid/engine';
import { planMessage } from '../mapping/plan';
import type { MessloClient } from '../messlo/client';
import { findWaba } from '../messlo/templates';
import { digits } from '../phone';
import { isYes } from '../sources/google-sheets/row';
import type { Source } from '../sources/source';

export interface CampaignRequest {
	/** As it is called at Messlo; a second one of the same name is refused. */
	name: string;
	source: Source;
	mapping: Mapping;
	config: Config;
	client: MessloClient;
	now: Date;
	/** Only say what would be started. */
	dryRun?: boolean;
	/** Numbers (E.164) of people who want no messages. */
	suppressed?: ReadonlySet<string>;
}

export interface CampaignOutcome {
	/** Undefined after a dry run. */
	id?: string;
	/** As the API says: sending, completed … */
	state: string;
	template: string;
	language: string;
	variables: Record<string, string>;
	/** How many different numbers. */
	people: number;
	/** Rows that are left out, by why. */
	leftOut: Record<string, number>;
}

/** More rows than any sheet has. */
const ALL = 10_000_000;

/**
 * Starts one campaign at Messlo for all numbers of a sheet. Only for a mapping whose text is the same for everybody: what depends on
 * the row has to go as messages of its own. Throws with what to do; nothing is started then.
 */
export async function startCampaign(request: CampaignRequest): Promise<CampaignOutcome> {
	const { name, source, mapping, client, config, now, dryRun = false } = request;
	refuseRows(mapping);
	if (!source.feed?.latest)
		throw new Error(
			`The source '${source.id}' is no sheet that can be read: a campaign needs a google-sheets source with credentials.`,
		);
	const rows = await source.feed.latest(ALL, { now: () => now, signal: new AbortController().signal });
	const { numbers, sample, leftOut } = whoGetsIt(request, rows.toReversed());
	if (!sample) throw new Error(`No row of the sheet can be sent to: ${tellAll(leftOut)}. Nothing was started.`);
	const { template, language, variables } = sample;
	const outcome = { template, language, variables, people: numbers.length, leftOut };
	if (dryRun) return { state: 'dry run', ...outcome };

	if ((await campaignOf(client, name)) !== undefined)
		throw new Error(`There is a campaign '${name}' already. Give this one another name; nothing was started.`);
	const url = sample.header && 'url' in sample.header ? sample.header.url : undefined;
	// The API asks for no language here: it sends the template in the one that it has.
	const body = {
		name,
		waba_id: await findWaba(client, config.messlo.wabaId),
		template_name: template,
		contact_numbers: numbers,
		...(Object.keys(variables).length > 0 ? { variables_mapping: variables } : {}),
		...(url === undefined ? {} : { media_url: url, recipient_type: 'specific_contacts' }),
	};
	const made = await client.ask(url === undefined ? 'campaign.createForNumbers' : 'campaign.createWithMedia', body);
	const id = readText(at(made.body, 'data'), '_id', 'id') ?? readText(made.body, '_id', 'id');
	// Creating may start it, the API does not say: only one that has not begun is told to.
	const before = await campaignOf(client, name);
	if (id === undefined || before?.state === undefined)
		throw new Error(
			`The campaign '${name}' was created, but its state cannot be read. Look at it in the Messlo dashboard before anything else.`,
		);
	if (NOT_BEGUN.has(before.state)) await client.ask('campaign.send', { id });
	const state = (await campaignOf(client, name))?.state ?? before.state;
	return { id, state, ...outcome };
}

const NOT_BEGUN = new Set(['pending', 'draft', 'created']);

/** A campaign has one text for all. */
function refuseRows({ name, variables, header, template }: Mapping): void {
	const expressions = [...variables.map(({ text }) => text), ...(header && 'url' in header ? [header.url] : [])];
	for (const { templates, source } of expressions) {
		const names = liquid.globalFullVariablesSync(templates).map((path) => path.split(/[.[]/)[0]);
		if (names.includes('row') || names.includes('payload') || names.includes('event'))
			throw new Error(
				`'${name}' fills '${template}' from the row (${source}), and a campaign has one text for everybody. Take a mapping without row.*, or let the rows go as messages of their own.`,
			);
	}
	if (header && 'document' in header)
		throw new Error(`'${name}' renders a document for each message, and a campaign has one for all. Use header: url.`);
}

function whoGetsIt(
	{ source, mapping, config, now, suppressed }: CampaignRequest,
	rows: Awaited<ReturnType<NonNullable<NonNullable<Source['feed']>['latest']>>>,
) {
	const own = config.sources.find(({ id }) => id === source.id);
	const optOut = own?.kind === 'google-sheets' ? own.optOut : undefined;
	const numbers = new Set<string>();
	const leftOut: Record<string, number> = {};
	let sample: Extract<ReturnType<typeof planMessage>, { kind: 'planned' }>['message'] | undefined;
	const leave = (reason: string) => {
		leftOut[reason] = (leftOut[reason] ?? 0) + 1;
	};
	for (const delivery of rows) {
		const reading = source.read(delivery);
		if (reading.kind !== 'event') continue;
		const { row, phone, phoneProblem, subject, event: what, occurredAt } = reading;
		if (optOut !== undefined && isYes(row?.[optOut] ?? '')) {
			leave('opted out');
			continue;
		}
		const plan = planMessage(
			{ ...mapping, enabled: true },
			{
				event: { id: 'campaign', subject, name: what, source: source.id, sourceKind: source.kind, occurredAt },
				...(row ? { row } : {}),
				...(phone === undefined ? {} : { phone }),
				...(phoneProblem === undefined ? {} : { phoneProblem }),
				shop: source.shop,
				payload: undefined,
				now,
			},
			{
				timezone: config.defaults.timezone,
				replay: true,
				...(config.defaults.country === undefined ? {} : { country: config.defaults.country }),
			},
		);
		if (plan.kind !== 'planned') leave(plan.kind === 'held' ? 'no number that can be sent to' : plan.reason);
		else if (suppressed?.has(plan.message.to)) leave('wants no messages');
		else if (numbers.has(digits(plan.message.to))) leave('the same number as another row');
		else {
			numbers.add(digits(plan.message.to));
			sample ??= plan.message;
		}
	}
	return { numbers: [...numbers], sample, leftOut };
}

async function campaignOf(client: MessloClient, name: string): Promise<{ state: string | undefined } | undefined> {
	const { row, body } = await client.ask('campaign.getMany', {});
	const found = readItems(row, body).find((each) => readText(each, 'name') === name);
	return found && { state: readText(found, 'status', 'state')?.toLowerCase() };
}

const tellAll = (leftOut: Record<string, number>): string =>
	Object.entries(leftOut)
		.map(([reason, rows]) => `${rows} × ${reason}`)
		.join(', ') || 'it has no rows';
