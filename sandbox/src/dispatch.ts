import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isCarriedOut, type Fault } from './faults';
import { handlers } from './handlers';
import { apiKeys } from './handlers/api-keys';
import { EventStream } from './handlers/event-stream';
import { Reply } from './handlers/handler';
import { loginAppOf } from './handlers/login-apps';
import type { RequestRecord } from './journal';
import { RequestChecker, type Verdict } from './openapi/check-request';
import { findOperation, type Found } from './openapi/find-operation';
import { isObject } from './openapi/json';
import type { Contract, Operation } from './openapi/read-contract';
import { readBody, readForm, readQuery } from './read-request';
import { Refusal } from './refusal';
import type { World } from './world';

interface Answer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}

/** Serves every path of the contract: key, contract, fault, then the operation's handler. */
export function dispatcher(contract: Contract, world: World): RequestHandler {
	const checker = new RequestChecker(contract);
	return async (request: Request, response: Response, next: NextFunction) => {
		try {
			await serve(contract, checker, world, request, response);
		} catch (error) {
			next(error);
		}
	};
}

async function serve(
	contract: Contract,
	checker: RequestChecker,
	world: World,
	request: Request,
	response: Response,
): Promise<void> {
	const found = findOperation(contract.operations, request.method, request.path);
	const query = readQuery(request);
	const read = readBody(request);
	const { mediaType } = read;
	const { body, problem } = mediaType === 'multipart/form-data' ? await readForm(request) : read;
	const record = world.journal.add({
		at: world.clock.now().toISOString(),
		method: request.method,
		path: request.path,
		query,
		body,
		key: 'not-needed',
		contract: { ok: false, problems: [] },
	});
	if (found.kind !== 'operation') {
		record.contract.problems = [noSuchOperation(found, request)];
		answer(response, record, unknownOperation(found, request));
		return;
	}
	const { operation, path } = found;
	const verdict = problem
		? { query, body, problems: [problem] }
		: checker.check(operation, { path, query, mediaType, body });
	Object.assign(record, { operationId: operation.id, ...(verdict.variant && { variant: verdict.variant }) });
	record.contract = { ok: verdict.problems.length === 0, problems: verdict.problems };
	const { state: key, app } = keyOf(world, operation, request);
	record.key = key;
	const fault = world.faults.take(operation.id, { ...path, ...query, ...(isObject(body) && body) });
	if (fault) record.fault = fault;
	const carryOut = (): Promise<Answer> => carriedOut(world, record, operation, path, verdict, app);
	if (fault) await strike(world, fault, carryOut, record, response);
	else answer(response, record, await carryOut());
}

async function carriedOut(
	world: World,
	record: RequestRecord,
	operation: Operation,
	path: Record<string, string>,
	{ query, body, variant, problems }: Verdict,
	loginApp: string | undefined,
): Promise<Answer> {
	if (record.key !== 'ok' && record.key !== 'not-needed') return refused(401, KEY_MESSAGES[record.key]);
	if (problems.length > 0) return refused(400, problems.join('; '));
	const handle = handlers[operation.id];
	if (!handle) throw new Error(`${operation.id} is in the contract and has no handler.`);
	const call = { operation, path, query, body, world, ...(variant && { variant }), ...(loginApp && { loginApp }) };
	try {
		const made = await handle(call);
		return made instanceof Reply ? { status: 200, ...made } : { status: 200, body: made };
	} catch (error) {
		if (error instanceof Refusal) return { status: error.status, body: error.body, headers: error.headers };
		throw error;
	}
}

async function strike(
	world: World,
	fault: Fault,
	carryOut: () => Promise<Answer>,
	record: RequestRecord,
	response: Response,
): Promise<void> {
	const real = isCarriedOut(fault) ? await carryOut() : undefined;
	if (fault.delayMs !== undefined) await world.clock.wait(fault.delayMs);
	if (fault.reset === 'during') breakOff(response, real);
	if (fault.reset) {
		response.req.socket.resetAndDestroy();
		return;
	}
	const headers = {
		...real?.headers,
		...fault.headers,
		...(fault.retryAfter !== undefined && { 'Retry-After': String(fault.retryAfter) }),
	};
	const status = fault.status ?? real?.status ?? 200;
	if (fault.garbage) answer(response, record, { status, headers, body: '<html><body>Bad gateway</body>' });
	else if (fault.body !== undefined) answer(response, record, { status, headers, body: fault.body });
	else if (fault.status === undefined && real) answer(response, record, { ...real, headers });
	else answer(response, record, { ...refused(status, `Fault ${status} of the sandbox`), headers });
}

/** Half of the answer leaves; its length says that there should be more. */
function breakOff(response: Response, made: Answer | undefined): void {
	const bytes = Buffer.from(JSON.stringify(made?.body ?? {}));
	const { socket } = response.req;
	socket.write(
		`HTTP/1.1 ${made?.status ?? 200} OK\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`,
	);
	socket.write(bytes.subarray(0, bytes.length / 2));
}

function answer(response: Response, record: RequestRecord, { status, body, headers = {} }: Answer): void {
	Object.assign(record, { status, answer: body instanceof EventStream ? '(event stream)' : body });
	if (response.destroyed || response.headersSent) return;
	response.status(status).set(headers);
	if (body instanceof EventStream) body.answer(response);
	else if (typeof body === 'string') response.type('text/html').send(body);
	else response.json(body);
}

const KEY_MESSAGES = {
	missing: 'API key is missing: send X-API-Key: <key> or Authorization: ApiKey <key>',
	wrong: 'Invalid API key',
	revoked: 'API key has been revoked',
	'not-a-login-app': 'Invalid API key: login calls take the key of a login app',
};

interface Key {
	state: RequestRecord['key'];
	/** Record id of the login app that it belongs to. */
	app?: string;
}

function keyOf({ state, settings }: World, operation: Operation, request: Request): Key {
	if (!operation.needsKey) return { state: 'not-needed' };
	const key = request.get('x-api-key') ?? /^ApiKey (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
	if (key === undefined) return { state: operation.keyOptional ? 'not-needed' : 'missing' };
	const isOfAccount = key === settings.apiKey || apiKeys.all(state).some(({ secret }) => secret === key);
	if (operation.path.startsWith('/v1/auth/')) {
		const app = loginAppOf(state, key);
		return app ? { state: 'ok', app: app._id } : { state: isOfAccount ? 'not-a-login-app' : 'wrong' };
	}
	if (!isOfAccount) return { state: 'wrong' };
	return { state: state.keyRevoked && key === settings.apiKey ? 'revoked' : 'ok' };
}

const refused = (status: number, message: string): Answer => ({ status, body: { success: false, message } });

const noSuchOperation = (found: Exclude<Found, { kind: 'operation' }>, { method, path }: Request): string =>
	found.kind === 'unknown'
		? `${path} is not a path of the contract`
		: `${method} is not a method of ${path} in the contract, only ${found.allowed.join(', ')}`;

const unknownOperation = (found: Exclude<Found, { kind: 'operation' }>, request: Request): Answer => ({
	...refused(found.kind === 'unknown' ? 404 : 405, noSuchOperation(found, request)),
	...(found.kind === 'wrong-method' && { headers: { Allow: found.allowed.join(', ') } }),
});
