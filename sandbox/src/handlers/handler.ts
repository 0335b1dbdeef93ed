import type { Operation } from '../openapi/read-contract';
import type { World } from '../world';

/** A request that the contract accepts. */
export interface Call<Body = unknown> {
	operation: Operation;
	path: Record<string, string>;
	query: Record<string, unknown>;
	body: Body;
	/** Which form of the body this is, where the contract has several. */
	variant?: string;
	/** Record id of the login app whose key this is. */
	loginApp?: string;
	world: World;
}

/** A 200 that says something in its headers too. */
export class Reply {
	constructor(
		readonly body: unknown,
		readonly headers: Record<string, string>,
	) {}
}

/** Answers with the body of a 200, a `Reply` or an `EventStream`, or throws a `Refusal`. */
export type Handler = (call: Call) => unknown;

/** A handler that knows its body's type: the dispatcher has checked it against the contract. */
export const handler =
	<Body>(answer: (call: Call<Body>) => unknown): Handler =>
	(call) =>
		answer(call as Call<Body>);
