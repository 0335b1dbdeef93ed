import { N8nSession } from './n8n-session.ts';

export const PACKAGE = 'n8n-nodes-messlo';

export interface World {
	session: N8nSession['token'];
	sandbox: string;
	/** What n8n said of its installation of the package. */
	installed: unknown;
	credentials: Record<'messloApi' | 'messloLoginApi', { id: string; name: string }>;
}

/** From the set-up to the test files, which run in worlds of their own. */
export const remember = (world: World): void => void (process.env['MESSLO_N8N_WORLD'] = JSON.stringify(world));

export function world(): Omit<World, 'session' | 'sandbox'> & { n8n: N8nSession; sandbox: { url: string } } {
	const { session, sandbox, ...rest } = JSON.parse(process.env['MESSLO_N8N_WORLD'] ?? '{}') as World;
	return { n8n: N8nSession.resume(...session), sandbox: { url: sandbox }, ...rest };
}
