import type { IExecuteFunctions } from 'n8n-workflow';
import { replaceVariables, variablesOf } from './variables';

// Of the private use area: in nobody's text.
const OPEN = '\uE000';
const CLOSE = '\uE001';

/**
 * The value of a text parameter, its {{1}} kept. n8n's editor makes an expression of every text with braces, and there {{1}}
 * is the number 1: "Hello {{1}}" would be sent as "Hello 1".
 */
export function keepVariables(context: IExecuteFunctions, raw: unknown, index: number): string | undefined {
	if (typeof raw !== 'string' || !raw.startsWith('=') || variablesOf(raw).length === 0) return undefined;
	const guarded = replaceVariables(raw.slice(1), (number) => OPEN + number + CLOSE);
	const value = String(context.evaluateExpression(guarded, index));
	return value.replaceAll(OPEN, '{{').replaceAll(CLOSE, '}}');
}
