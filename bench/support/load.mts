/**
 * A small closed-loop load generator on raw sockets: each connection sends its next webhook when the last is answered.
 * Written here because it must cost less than the server it measures (autocannon spent more CPU than the floor did).
 */
import { connect } from 'node:net';

export interface LoadOptions {
	/** Several servers get equally many connections. */
	ports: readonly number[];
	connections: number;
	/** How long, or how many webhooks. */
	seconds?: number;
	count?: number;
	/** The whole request, as bytes, for the n-th webhook; asked once for each number. */
	request: (n: number) => Buffer;
	/** The first number. */
	first?: number;
	/** Called with the number of each webhook that was answered 200. */
	acknowledged?: (n: number) => void;
	/** The server may be killed meanwhile. */
	mayBreak?: boolean;
}
export interface LoadResult {
	acknowledged: number;
	other: number;
	/** The number after the last that was asked for. */
	next: number;
	perSecond: number;
	p50Ms: number;
	p99Ms: number;
	/** Share of a processor that this generator took. */
	busy: number;
}

const OK = Buffer.from('HTTP/1.1 200');

export async function load(options: LoadOptions): Promise<LoadResult> {
	const { ports, connections, seconds = Number.POSITIVE_INFINITY, count = Number.POSITIVE_INFINITY, request } = options;
	const { first = 0, acknowledged, mayBreak = false } = options;
	const latencies: number[] = [];
	let other = 0;
	let next = first;
	const used = process.cpuUsage();
	const started = performance.now();
	const until = started + seconds * 1000;

	const one = (port: number) =>
		new Promise<void>((resolve, reject) => {
			const socket = connect({ port, host: '127.0.0.1', noDelay: true });
			let [at, n, done] = [0, 0, false];
			let received: Buffer | undefined;
			const end = () => {
				done = true;
				socket.destroy();
				resolve();
			};
			const send = () => {
				if (performance.now() >= until || next - first >= count) {
					end();
					return;
				}
				at = performance.now();
				n = next++;
				socket.write(request(n));
			};
			socket.on('connect', send);
			socket.on('error', (error) => (mayBreak ? end() : reject(error)));
			socket.on('close', () => {
				if (done) return;
				if (mayBreak) end();
				else reject(new Error(`port ${port} closed a connection in the middle of a webhook`));
			});
			socket.on('data', (chunk) => {
				received = received ? Buffer.concat([received, chunk]) : chunk;
				if (!isWhole(received)) return;
				if (received.subarray(0, OK.length).equals(OK)) {
					latencies.push(performance.now() - at);
					acknowledged?.(n);
				} else other += 1;
				received = undefined;
				send();
			});
		});
	await Promise.all(Array.from({ length: connections }, (_, index) => one(ports[index % ports.length] ?? 0)));
	const elapsed = performance.now() - started;
	const { user, system } = process.cpuUsage(used);
	latencies.sort((a, b) => a - b);
	const quantile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? Number.NaN;
	return {
		acknowledged: latencies.length,
		other,
		next,
		perSecond: (latencies.length * 1000) / elapsed,
		p50Ms: quantile(0.5),
		p99Ms: quantile(0.99),
		busy: (user + system) / 1000 / elapsed,
	};
}

/** Header and body have come; a body without its length ends with an empty chunk. */
function isWhole(received: Buffer): boolean {
	const end = received.indexOf('\r\n\r\n');
	if (end < 0) return false;
	const length = /content-length: (\d+)/i.exec(received.toString('latin1', 0, end))?.[1];
	return length === undefined ? received.subarray(-5).equals(LAST_CHUNK) : received.length >= end + 4 + Number(length);
}
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
