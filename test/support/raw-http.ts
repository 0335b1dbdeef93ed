import { connect, type Socket } from 'node:net';

export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** A request as bytes: what fetch would refuse to send. */
export function rawRequest(line: string, headers: Record<string, string>, body: Buffer | string = ''): Buffer {
	const lines = [
		line,
		...Object.entries({ host: 'bridge.test', ...headers }).map(([name, value]) => `${name}: ${value}`),
	];
	return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

/** A connection of our own to a server at `url`. */
export class RawConnection {
	private readonly socket: Socket;
	private received = '';
	private isClosed = false;
	private onChange: () => void = () => undefined;

	constructor(url: string) {
		const { hostname, port } = new URL(url);
		this.socket = connect(Number(port), hostname);
		const note = () => {
			this.onChange();
		};
		this.socket.setEncoding('utf8').on('data', (text: string) => {
			this.received += text;
			note();
		});
		this.socket.on('error', () => undefined);
		this.socket.on('close', () => {
			this.isClosed = true;
			note();
		});
	}

	write(bytes: Buffer | string): Promise<void> {
		return new Promise((resolve) => {
			this.socket.write(bytes, () => resolve());
		});
	}

	/** The next `count` answers; fewer when the server hangs up. */
	async answers(count: number): Promise<RawAnswer[]> {
		const found: RawAnswer[] = [];
		while (found.length < count) {
			const answer = this.take();
			if (answer) found.push(answer);
			else if (this.isClosed) break;
			else await this.change();
		}
		return found;
	}

	/** Resolves when the server has closed the connection. */
	async closed(): Promise<void> {
		while (!this.isClosed) await this.change();
	}

	/** Hangs up without a farewell. */
	cut(): void {
		this.socket.resetAndDestroy();
	}

	private change(): Promise<void> {
		return new Promise((resolve) => {
			this.onChange = resolve;
		});
	}

	private take(): RawAnswer | undefined {
		const end = this.received.indexOf('\r\n\r\n');
		if (end < 0) return undefined;
		const [first = '', ...lines] = this.received.slice(0, end).split('\r\n');
		const headers = Object.fromEntries(
			lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
		);
		const length = Number(headers['content-length'] ?? 0);
		if (this.received.length < end + 4 + length) return undefined;
		const body = this.received.slice(end + 4, end + 4 + length);
		this.received = this.received.slice(end + 4 + length);
		return { status: Number(first.split(' ')[1]), headers, body };
	}
}
