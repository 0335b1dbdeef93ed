import type { Workflow } from './workflow.ts';
import { until } from './until.ts';

const OWNER = { email: 'owner@example.com', firstName: 'Test', lastName: 'Owner', password: 'Correct-horse-7' };

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}
interface NodeRun {
	data?: { main?: (Item[] | null)[] };
	error?: Failure;
	executionTime: number;
}
export interface Failure {
	message: string;
	description?: string | null;
	[more: string]: unknown;
}
export interface Execution {
	id: string;
	status: string;
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: Failure } };
}

/** The owner of an n8n, through the endpoints that its editor uses. */
export class N8nSession {
	readonly url: string;
	private readonly cookie: string;
	private readonly apiKey: string;

	private constructor(url: string, cookie: string, apiKey: string) {
		this.url = url;
		this.cookie = cookie;
		this.apiKey = apiKey;
	}

	static readonly owner = OWNER;

	/** Sets up the owner of a fresh n8n. */
	static async open(url: string): Promise<N8nSession> {
		const answer = await send(url, 'POST', '/rest/owner/setup', OWNER, {});
		const cookie = answer.headers
			.getSetCookie()
			.map((each) => each.split(';')[0])
			.join('; ');
		const visitor = new N8nSession(url, cookie, '');
		const scopes = ['execution:read', 'execution:list'];
		const key = await visitor.rest<{ rawApiKey: string }>('POST', '/api-keys', {
			label: 'test',
			scopes,
			expiresAt: null,
		});
		return new N8nSession(url, cookie, key.rawApiKey);
	}

	/** For another process or test file: what `resume` takes. */
	get token(): [url: string, cookie: string, apiKey: string] {
		return [this.url, this.cookie, this.apiKey];
	}

	static resume(...[url, cookie, apiKey]: N8nSession['token']): N8nSession {
		return new N8nSession(url, cookie, apiKey);
	}

	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await send(this.url, method, `/rest${path}`, body, { cookie: this.cookie });
		return ((await answer.json()) as { data: T }).data;
	}

	/** `/types/nodes.json` or `credentials.json`: what n8n loaded. */
	async types(of: 'nodes' | 'credentials'): Promise<{ name: string; [more: string]: unknown }[]> {
		const answer = await send(this.url, 'GET', `/types/${of}.json`, undefined, { cookie: this.cookie });
		return (await answer.json()) as { name: string }[];
	}

	async createCredential(
		type: string,
		data: Record<string, unknown>,
		name = type,
	): Promise<{ id: string; name: string }> {
		const { id } = await this.rest<{ id: string }>('POST', '/credentials', { name, type, data });
		return { id, name };
	}

	async testCredential(type: string, data: Record<string, unknown>): Promise<{ status: string; message: string }> {
		const saved = await this.createCredential(type, data, `${type} to test`);
		return this.rest('POST', '/credentials/test', { credentials: { ...saved, type, data } });
	}

	async createWorkflow(workflow: Workflow): Promise<{ id: string; versionId: string }> {
		return this.rest('POST', '/workflows', { ...workflow, settings: { executionOrder: 'v1', ...workflow.settings } });
	}

	/** Saves, runs from the trigger of that name, and waits for the end. */
	async run(workflow: Workflow, trigger = 'Start'): Promise<Execution> {
		const { id } = await this.createWorkflow(workflow);
		const run = { triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.rest<{ executionId: string }>('POST', `/workflows/${id}/run`, run);
		return this.finished(executionId);
	}

	async finished(executionId: string, longestMs = 60_000): Promise<Execution> {
		return until(
			`execution ${executionId} to end`,
			async () => {
				const execution = await this.execution(executionId);
				return ['new', 'running'].includes(execution.status) ? undefined : execution;
			},
			longestMs,
		);
	}

	async execution(id: string): Promise<Execution> {
		const headers = { 'x-n8n-api-key': this.apiKey };
		const answer = await send(this.url, 'GET', `/api/v1/executions/${id}?includeData=true`, undefined, headers);
		return (await answer.json()) as Execution;
	}

	/** The executions of a workflow, oldest first, once there are so many and all have ended. */
	async executions(workflowId: string, count: number): Promise<Execution[]> {
		const headers = { 'x-n8n-api-key': this.apiKey };
		const found = await until(`${count} executions of workflow ${workflowId}`, async () => {
			const answer = await send(this.url, 'GET', `/api/v1/executions?workflowId=${workflowId}`, undefined, headers);
			const { data } = (await answer.json()) as { data: { id: string }[] };
			return data.length >= count ? data : undefined;
		});
		return Promise.all(found.reverse().map(({ id }) => this.finished(id)));
	}

	/** Switches a workflow's triggers on, and waits until n8n has registered them. */
	async activate({ id, versionId }: { id: string; versionId: string }): Promise<void> {
		await this.rest('POST', `/workflows/${id}/activate`, { versionId });
		// n8n answers that it is active before anything is registered.
		await until(`workflow ${id} to be published`, async () => {
			const status = await this.rest<{ status?: string }>('GET', `/workflows/${id}/publication-status`);
			if (status.status === 'failed') throw new Error(`The triggers failed: ${JSON.stringify(status)}`);
			return status.status === 'published' ? true : undefined;
		});
	}

	async deactivate({ id }: { id: string }): Promise<void> {
		await this.rest('POST', `/workflows/${id}/deactivate`, {});
	}
}

async function send(
	url: string,
	method: string,
	path: string,
	body: unknown,
	headers: Record<string, string>,
): Promise<Response> {
	const answer = await fetch(url + path, {
		method,
		headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(`n8n answers ${answer.status} to ${method} ${path}: ${await answer.text()}`);
	return answer;
}
