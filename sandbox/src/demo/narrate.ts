/** One line of the bridge's log, as far as the story needs it. */
export interface LogLine {
	time: string;
	level: string;
	stage?: string;
	event?: string;
	message?: string;
	source?: string;
	topic?: string;
	state?: string;
	reason?: string;
	/** Milliseconds since 1970. */
	received?: number;
	verified?: number;
	stored?: number;
	document?: string;
	bytes?: number;
	durationMs?: number;
	status?: number;
	url?: string;
	msg?: string;
	messages?: { id: string; mapping: string; template: string; result: string; state: string; reason?: string }[];
}

/** Turns log lines into the story of each order, with the time since its webhook came in. */
export class Narrator {
	private readonly began = new Map<string, number>();

	constructor(
		private readonly print: (line: string) => void,
		/** Called when a message was sent and when it was read; for the links. */
		private readonly onStage: (stage: string, message: string, event: string) => void,
	) {}

	tell(line: LogLine): void {
		if (line.event === undefined && line.stage !== 'refused') {
			if (line.level === 'error' || line.level === 'warn')
				this.print(
					`  ! ${line.source === undefined ? '' : `${line.source}: `}${line.msg ?? line.stage ?? ''} ${line.reason ?? ''}`.trimEnd(),
				);
			return;
		}
		const event = line.event ?? '';
		switch (line.stage) {
			case 'stored':
				this.accepted(event, line);
				return;
			case 'duplicate':
				this.print(
					`\n  ${clock(line.time)}  received    ${line.topic} from ${line.source}: known already as ${event}, nothing is sent twice`,
				);
				return;
			case 'refused':
				this.print(`  ${clock(line.time)}  refused     ${line.status} ${line.reason}: ${line.msg}`);
				return;
			case 'mapped':
				for (const { id, mapping, template, result, state, reason } of line.messages ?? [])
					this.step(
						event,
						line,
						'mapped',
						`${mapping} → template ${template} (${id}${result === 'kept' ? ', sent before: not again' : ''})${state === 'held' || state === 'skipped' ? `: ${state}, ${reason}` : ''}`,
					);
				if (line.state !== 'mapped') this.step(event, line, line.state ?? 'ignored', line.reason ?? '');
				return;
			case 'rendered':
				this.step(
					event,
					line,
					'rendered',
					`${line.document} PDF, ${Math.round((line.bytes ?? 0) / 1024)} kB in ${line.durationMs} ms`,
				);
				return;
			case 'sent':
				this.step(event, line, 'sent', `taken by the API, HTTP ${line.status} in ${line.durationMs} ms`);
				break;
			case 'delivered':
				this.step(event, line, 'delivered', 'two grey ticks');
				break;
			case 'read':
				this.step(event, line, 'read', 'two blue ticks');
				break;
			default:
				this.step(event, line, line.stage ?? '', line.reason ?? line.msg ?? '');
		}
		if (line.message !== undefined && line.stage !== undefined) this.onStage(line.stage, line.message, event);
	}

	private accepted(event: string, line: LogLine): void {
		const received = line.received ?? Date.parse(line.time);
		const at = (time: number | undefined) => ({ ...line, time: new Date(time ?? received).toISOString() });
		this.began.set(event, received);
		this.print(`\n  ${clock(at(received).time)}  received    ${line.topic} from ${line.source}`);
		this.step(event, at(line.verified), 'verified', 'the signature is the shop’s');
		this.step(event, at(line.stored), 'stored', `${event}, on disk; the shop is answered 200`);
	}

	private step(event: string, { time }: LogLine, stage: string, what: string): void {
		const began = this.began.get(event);
		const since = began === undefined ? clock(time) : `+${String(Date.parse(time) - began).padStart(8)} ms`;
		this.print(`  ${since.padEnd(12)}  ${stage.padEnd(10)}  ${what}`);
	}
}

const clock = (time: string): string => new Date(time).toISOString().slice(11, 23);
