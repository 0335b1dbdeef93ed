/** An assistant's side of the Model Context Protocol over HTTP: what it asks, without a model. */
export async function mcpClient(url: string, token: string) {
	let session: string | undefined;
	let count = 0;
	const post = async (message: Record<string, unknown>): Promise<string> => {
		const answer = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				authorization: `Bearer ${token}`,
				...(session === undefined ? {} : { 'mcp-session-id': session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`The MCP server answers ${answer.status}: ${text}`);
		session ??= answer.headers.get('mcp-session-id') ?? undefined;
		return text;
	};
	const ask = async <T>(method: string, params: Record<string, unknown> = {}): Promise<T> => {
		const text = await post({ id: (count += 1), method, params });
		// As JSON, or as one server-sent event.
		const { result, error } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as { result?: T; error?: unknown };
		if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
		return result;
	};
	await ask('initialize', {
		protocolVersion: '2025-06-18',
		capabilities: {},
		clientInfo: { name: 'test', version: '1.0.0' },
	});
	await post({ method: 'notifications/initialized' });
	return { ask };
}
