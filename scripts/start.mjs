/** `npm start`: the bridge for real when it is given a key or a configuration, else the demo with the sandbox. */
import { spawn } from 'node:child_process';

const args = process.argv.slice(2);
const real =
	Boolean(process.env.MESSLO_API_KEY) ||
	Boolean(process.env.BRIDGE_CONFIG) ||
	args.some((arg) => /^(-c|--config)(=|$)/.test(arg));
const program = new URL(
	real ? '../bridge/dist/bridge/src/cli/main.js' : '../sandbox/dist/sandbox/src/demo/main.js',
	import.meta.url,
).pathname;

// For storms of webhooks: docs/adr/0018.
const flags = real ? ['--max-semi-space-size=16', '--heap-growing-percent=200'] : [];
const child = spawn(
	process.execPath,
	[...flags, program, ...(real && args[0]?.startsWith('-') !== false ? ['start', ...args] : args)],
	{ stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
