/** The address of a database without its password. */
export function withoutPassword(url: string): string {
	try {
		const { protocol, username, host, pathname } = new URL(url);
		return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
	} catch {
		return 'postgres://…';
	}
}
