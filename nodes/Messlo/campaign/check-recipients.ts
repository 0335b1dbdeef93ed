import { FieldError, type Values } from '../../../catalog';
import type { Execution } from '../execute/finish';
import { parameterReader } from '../execute/parameter-reader';
import { recipientCounter } from './count-recipients';
import { DEFAULT_MAXIMUM, MAXIMUM, MAXIMUM_LABEL } from './form';

/** Refuses a campaign for more people than the form allows. An audience that is not known passes. */
export function recipientCheck({ context, api, row }: Execution): (index: number, audience: Values) => Promise<void> {
	const givenAt = parameterReader(context, [MAXIMUM]);
	const count = recipientCounter(api);
	return async (index, audience) => {
		const maximum = Number(givenAt(index)[MAXIMUM] ?? DEFAULT_MAXIMUM);
		if (!(maximum >= 1)) throw new FieldError(row.id, MAXIMUM_LABEL, 'must be a number from 1');
		const recipients = await count(audience, maximum);
		if (!recipients || recipients.count <= maximum) return;
		const people = `${recipients.atMost ? 'up to ' : ''}${figure(recipients.count)} people`;
		throw new FieldError(
			row.id,
			MAXIMUM_LABEL,
			`is ${figure(maximum)}, but this campaign would go to ${people}: set it to ${figure(recipients.count)} if that is meant`,
		);
	};
}

const figure = (count: number): string => count.toLocaleString('en-US');
