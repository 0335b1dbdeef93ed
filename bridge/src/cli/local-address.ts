import type { Config } from '../config/config';

/** Where the bridge of this configuration answers on this machine: http://127.0.0.1:8080 */
export function localAddress({ host, port }: Pick<Config['server'], 'host' | 'port'>): string {
	const near = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
	return `http://${near.includes(':') ? `[${near}]` : near}:${port}`;
}
