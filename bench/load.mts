/**
 * A small closed-loop load generator on raw sockets: each connection sends its next webhook when the last is answered.
 * Written here because it must cost less than the server it measures (autocannon spent more CPU than the floor did).
 */
import { connect } from 'node:net';

export interface LoadOptions {
	port: number;
	connections: number;
	seconds: number;
	/** The whole request, as bytes, for the n-th webhook. */
	request: (n: number) => Buffer;
}
export interface LoadResult {
	acknowledged: number;
	other: number;
	perSecond: number;
	p50Ms: number;
	p99Ms: number;
}

let sent = 0;

export async function load({ port, connections, seconds, request }: LoadOptions): Promise<LoadResult> {
	const latencies: number[] = [];
	let other = 0;
	const started = performance.now();
	const until = started + seconds * 1000;

	const one = () =>
		new Promise<void>((resolve, reject) => {
			const socket = connect({ port, host: '127.0.0.1', noDelay: true });
			let at = 0;
			let received = '';
			const next = () => {
				if (performance.now() >= until) {
					socket.destroy();
					resolve();
					return;
				}
				at = performance.now();
				socket.write(request(sent++));
			};
			socket.on('connect', next);
			socket.on('error', reject);
			socket.on('data', (chunk) => {
				received += chunk.toString('latin1');
				const end = received.indexOf('\r\n\r\n');
				if (end < 0) return;
				const head = received.slice(0, end);
				const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
				const whole = Number.isNaN(length) ? received.endsWith('0\r\n\r\n') : received.length >= end + 4 + length;
				if (!whole) return;
				received = '';
				if (head.startsWith('HTTP/1.1 200')) latencies.push(performance.now() - at);
				else other += 1;
				next();
			});
		});
	await Promise.all(Array.from({ length: connections }, one));
	const elapsed = (performance.now() - started) / 1000;
	latencies.sort((a, b) => a - b);
	const quantile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? Number.NaN;
	return {
		acknowledged: latencies.length,
		other,
		perSecond: latencies.length / elapsed,
		p50Ms: quantile(0.5),
		p99Ms: quantile(0.99),
	};
}
