import type { Circuit } from '../delivery/circuit';
import { meansOf } from '../delivery/outcomes';
import { mask } from '../phone';
import type { Rooms } from './rooms';

/** Once when a sender stops, once when it sends again. */
export function tellCircuit(
	{ log }: Pick<Rooms, 'log'>,
	sender: string,
	before: Circuit | undefined,
	after: Circuit | undefined,
): void {
	const [was, is] = [before?.open, after?.open];
	const number = mask(sender);
	if (is && was?.kind !== is.kind) {
		const line = { stage: 'paused', sender: number, outcome: is.name, until: new Date(is.until) };
		const text = `${meansOf(is.name)}. Nothing of this sender leaves until one message goes through; others go on`;
		if (is.kind === 'slow') log.warn(line, text);
		else log.error(line, text);
	}
	if (was && !is) log.info({ stage: 'resumed', sender: number, outcome: was.name }, 'This sender sends again');
}
