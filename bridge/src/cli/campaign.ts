import { z } from 'zod';
import type { Config } from '../config/config';
import { openSource } from '../journey/open-sources';
import { startCampaign } from '../journey/start-campaign';
import { createClient } from '../messlo/client';
import { suggest } from '../yaml/nearest';
import { findSource } from './find-source';
import { type CliOptions, load } from './load';
import { localAddress } from './local-address';
import { reasonOf } from '../reason-of';

export interface CampaignOptions extends CliOptions {
	source: string;
	mapping: string;
	name: string;
	dryRun?: boolean;
}

/** Starts one campaign at Messlo for all numbers of a sheet; who wrote STOP to the running bridge is left out. */
export async function campaign({ source: id, mapping: wanted, name, dryRun = false, ...options }: CampaignOptions) {
	const { config, mappings } = await load(options);
	const source = openSource(findSource(config, id), config.defaults);
	const mapping = mappings.find((each) => each.name === wanted);
	const names = mappings.map((each) => each.name);
	if (!mapping) throw new Error(`There is no mapping '${wanted}': ${suggest(wanted, names)}.`);
	const suppressed = await whoWantsNone(config);
	const client = createClient(config.messlo);
	const made = await startCampaign({ name, source, mapping, config, client, now: new Date(), dryRun, suppressed });
	const { template, language, variables, people, leftOut, state, id: campaignId } = made;
	const lines = [
		dryRun
			? `Campaign '${name}' would go to ${people} people. Nothing was started.`
			: `Campaign '${name}' (${campaignId ?? ''}): ${state}, to ${people} people.`,
		`  ${template} (${language})`,
		...Object.entries(variables).map(([key, value]) => `  {{${key}}}  ${value}`),
		...Object.entries(leftOut).map(([reason, rows]) => `  left out: ${rows} × ${reason}`),
	];
	process.stdout.write(`${lines.join('\n')}\n`);
}

const page = z.object({ items: z.array(z.object({ phone: z.string() })), next: z.string().nullish() });

/** Numbers that want no messages. Only the bridge that runs knows them; without it nothing is started. */
async function whoWantsNone({ server }: Config): Promise<Set<string>> {
	const base = `${localAddress(server)}/api/v1/suppressions`;
	const numbers = new Set<string>();
	let cursor: string | undefined;
	do {
		const url = `${base}?limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`;
		const headers = { authorization: `Bearer ${server.adminToken}` };
		const answer = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) }).catch(reasonOf);
		if (typeof answer === 'string' || !answer.ok)
			throw new Error(
				`The bridge at ${base} cannot be asked who wrote STOP (${typeof answer === 'string' ? answer : answer.status}). Start it first; nothing was started.`,
			);
		const { items, next } = page.parse(await answer.json());
		for (const { phone } of items) numbers.add(phone);
		cursor = next ?? undefined;
	} while (cursor !== undefined);
	return numbers;
}
