import type { IContextObject, IDataObject } from 'n8n-workflow';
import type { Api } from '../api/connect';
import { type Campaign, knownCampaigns } from './known-campaigns';

/**
 * Campaigns that were asked for without an answer. What is remembered of them lies in the node's context, which n8n keeps from
 * one try to the next: a retry finds the campaign that the first try made after all, and makes none.
 */
export function lostCampaigns(memory: IContextObject, api: Api) {
	const key = (name: string) => `lost campaign ${name}`;
	const forget = (name: string): void => {
		memory[key(name)] = undefined;
	};
	return {
		forget,
		/** `before`: those that there were when it was asked for. */
		remember(name: string, before: readonly Campaign[]): void {
			memory[key(name)] = before.map(({ id }) => id);
		},
		/** The lost campaign of this name, when it has come to be. */
		async find(name: string): Promise<IDataObject | undefined> {
			const before: unknown = memory[key(name)];
			if (!Array.isArray(before)) return undefined;
			const found = (await knownCampaigns(api)).find((each) => each.name === name && !before.includes(each.id));
			if (!found) return undefined;
			forget(name);
			return { ...found.record, foundAfterNoAnswer: true } as IDataObject;
		},
	};
}
