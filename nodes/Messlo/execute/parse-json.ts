/** What a text of JSON holds, or what is wrong with it. */
export function parseJson(text: string): { value?: unknown; problem?: string } {
	try {
		return { value: JSON.parse(text) as unknown };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}
