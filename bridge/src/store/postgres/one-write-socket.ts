import { Socket } from 'node:net';

/** What is asked of the server in one tick leaves in one write: BEGIN and all that is asked with it, in place of a system call for each. */
export class OneWriteSocket extends Socket {
	private gathering = false;

	override write(...args: unknown[]): boolean {
		if (!this.gathering) {
			this.gathering = true;
			this.cork();
			process.nextTick(() => {
				this.gathering = false;
				this.uncork();
			});
		}
		return super.write(...(args as Parameters<Socket['write']>));
	}
}
