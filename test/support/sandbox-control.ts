import type { Sandbox } from '../../sandbox/src/sandbox';

/** Asks the sandbox's control API; a refusal is an error. */
export async function control<T = unknown>({ url }: Pick<Sandbox, 'url'>, path: string, body?: unknown): Promise<T> {
	const answer = await fetch(`${url}/__sandbox/${path}`, {
		...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
		headers: { 'content-type': 'application/json' },
	});
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return (await answer.json()) as T;
}

/** What the sandbox took, oldest first. */
export const takenBy = (
	sandbox: Pick<Sandbox, 'url'>,
): Promise<{ templateName: string; templateVariables: Record<string, string> }[]> => control(sandbox, 'messages');
