import type { IDataObject } from 'n8n-workflow';
import { buildRequest, FieldError, type Values } from '../../../catalog';
import { buildForm } from '../execute/build-form';
import type { Execution, Steps } from '../execute/finish';
import { readOutput, recordsOf } from '../execute/output';
import { parameterReader } from '../execute/parameter-reader';
import { valuesReader } from '../execute/read-values';
import { recipientCheck } from './check-recipients';
import { gather } from './gather';
import { MODE, MORE, SAME_NAME } from './form';
import { type Campaign, knownCampaigns, told } from './known-campaigns';
import { lostCampaigns } from './lost-campaigns';
import { orFound } from './unknown-outcome';

/** Creates campaigns, none of them twice: not for each of many items, not after an answer that got lost, not in a second run. */
export function createCampaigns(execution: Execution): Steps {
	const { context, api, row, options } = execution;
	const givenAt = parameterReader(context, [MODE, MORE]);
	const valuesAt = valuesReader(context, row, options.callingCode);
	const output = readOutput(context);
	const checkRecipients = recipientCheck(execution);
	const lost = lostCampaigns(context.getContext('node'), api);
	let before: Promise<Campaign[]> | undefined;
	const known = () => (before ??= knownCampaigns(api));
	let names: Map<string, number[]> | undefined;

	async function create(index: number, values: Values, isOnlyOne = true): Promise<IDataObject[]> {
		// Refuses wrong values before anything is asked.
		const request = buildRequest(row, values);
		const name = String(values['name']).trim();
		const made = isOnlyOne && (await lost.find(name));
		if (made) return [made];
		if (!isSameNameAllowed(givenAt(index))) await checkName(name);
		await checkRecipients(index, { recipient_type: row.fixed?.['recipient_type'], ...values });
		const there = await known();
		const form = request.form && (await buildForm(context, request.form, index));
		const body = await orFound(api.send(request, form), async () => {
			if (!isOnlyOne) return undefined;
			lost.remember(name, there);
			return await lost.find(name);
		});
		lost.forget(name);
		return recordsOf(row, body, output);
	}

	async function checkName(name: string): Promise<void> {
		const twin = (await known()).find((each) => each.name === name);
		if (twin)
			throw new FieldError(
				row.id,
				'name',
				`must be new: there is a campaign '${name}' already (${told(twin)}). Put a date or an order into the name, or turn on Additional Fields → Allow Same Name`,
			);
	}

	/** Where each item makes a campaign, two of one name are an accident. */
	function isOnlyOne(index: number, name: unknown): boolean {
		names ??= indexesByName(context.getInputData().length, (each) => valuesAt(each)['name']);
		const same = names.get(String(name).trim()) ?? [];
		if (same.length > 1 && !isSameNameAllowed(givenAt(index)))
			throw new FieldError(
				row.id,
				'name',
				`must differ from item to item: '${String(name)}' would be created ${same.length} times. Set Mode to Run Once for All Items, or put something of the item into the name`,
			);
		return same.length < 2;
	}

	return {
		async run(index, values) {
			if (givenAt(index)[MODE] === 'eachItem') return await create(index, values, isOnlyOne(index, values['name']));
			return index === 0 ? await create(0, gather(execution, valuesAt)) : [];
		},
	};
}

const isSameNameAllowed = ({ [MORE]: more }: Values): boolean =>
	typeof more === 'object' && more !== null && SAME_NAME in more && more[SAME_NAME] === true;

function indexesByName(count: number, nameAt: (index: number) => unknown): Map<string, number[]> {
	const names = new Map<string, number[]>();
	for (let index = 0; index < count; index += 1) {
		const name = nameOrNone(() => nameAt(index));
		if (name !== undefined) names.set(name, [...(names.get(name) ?? []), index]);
	}
	return names;
}

/** Items whose values are wrong are told so when their turn comes. */
function nameOrNone(read: () => unknown): string | undefined {
	try {
		return String(read()).trim();
	} catch {
		return undefined;
	}
}
