import { toValue } from 'liquidjs';
import type { Expression } from './compile';
import { liquid } from './engine';
import { isBlank } from './filters';

/** The fields that an expression reads and that say nothing in this view: order.customer.firstName. */
export const missingIn = ({ templates }: Expression, view: object): string[] =>
	liquid.globalFullVariablesSync(templates).filter((path) => {
		try {
			return isBlank(toValue(liquid.evalValueSync(path, view)));
		} catch {
			return true;
		}
	});
