import type { IDataObject } from 'n8n-workflow';
import { buildRequest, FieldError } from '../../../catalog';
import type { Execution, Steps } from '../execute/finish';
import { readOutput, recordsOf } from '../execute/output';
import { recipientCheck } from './check-recipients';
import { isBegun, knownCampaigns, told } from './known-campaigns';
import { orFound } from './unknown-outcome';

/** Sends campaigns, each once, however many items name it, and none that has begun before. */
export function sendCampaigns(execution: Execution): Steps {
	const { context, api, row } = execution;
	const output = readOutput(context);
	const checkRecipients = recipientCheck(execution);
	const sent = new Map<string, Promise<IDataObject[]>>();
	const find = async (id: string) => (await knownCampaigns(api)).find((each) => each.id === id);

	async function send(index: number, id: string): Promise<IDataObject[]> {
		const request = buildRequest(row, { id });
		const campaign = await find(id);
		if (campaign && isBegun(campaign))
			throw new FieldError(
				row.id,
				'id',
				`'${campaign.name}' cannot be sent again: it is ${told(campaign)}. Create a new campaign instead`,
			);
		if (campaign) await checkRecipients(index, campaign.record);
		const body = await orFound(api.send(request), async () => {
			const found = await find(id);
			return found && isBegun(found) ? { ...found.record, foundAfterNoAnswer: true } : undefined;
		});
		return recordsOf(row, body, output);
	}

	return {
		async run(index, values) {
			const id = typeof values['id'] === 'string' ? values['id'] : '';
			const sending = sent.get(id) ?? send(index, id);
			sent.set(id, sending);
			return await sending;
		},
	};
}
