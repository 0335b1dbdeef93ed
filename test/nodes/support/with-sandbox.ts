import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { RequestRecord } from '../../../sandbox/src/journal';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/src/sandbox';
import { control } from '../../support/sandbox-control';
import { type Run, runNode, type Setting } from './run-node';

export const SENDER = '911234567890';
export const ANA = '12025550143';
export const WABA = '665f1c2ab7d1c8a5f0e41001';

/** A sandbox for a test file, empty before each test, and the node run on it. */
export function withSandbox(options: SandboxOptions = {}) {
	let sandbox: Sandbox | undefined;
	const started = (): Sandbox => {
		if (!sandbox) throw new Error('The sandbox is not up yet.');
		return sandbox;
	};
	beforeAll(async () => {
		sandbox = await startSandbox(options);
	});
	beforeEach(() => control(started(), 'reset', {}));
	afterAll(() => started().close());
	return {
		get url() {
			return started().url;
		},
		run: (
			parameters: INodeParameters,
			items?: INodeExecutionData[],
			extra?: Partial<INode>,
			setting?: Partial<Setting>,
		): Promise<Run> => runNode({ url: started().url, ...setting }, parameters, items, extra),
		control: <T = unknown>(path: string, body?: unknown) => control<T>(started(), path, body),
		fault: (...faults: object[]) => control(started(), 'faults', faults),
		requests: (operation?: string) =>
			control<RequestRecord[]>(started(), `requests${operation === undefined ? '' : `?operation=${operation}`}`),
		/** Posts to the API itself. */
		post: (path: string, body: unknown) => ask(started(), path, { method: 'POST', body: JSON.stringify(body) }),
		/** Reads from the API itself. */
		get: (path: string) => ask(started(), path, {}),
	};
}

async function ask({ url }: Sandbox, path: string, request: RequestInit): Promise<Record<string, unknown>> {
	const headers = { 'content-type': 'application/json', 'x-api-key': 'sandbox-api-key' };
	const answer = await fetch(url + path, { ...request, headers });
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return (await answer.json()) as Record<string, unknown>;
}
