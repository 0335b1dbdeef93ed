/** Runs `npm start` as a newcomer would, on free ports, waits for the order to be read, and stops it with Ctrl-C. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const root = new URL('..', import.meta.url).pathname;
const freePort = () =>
	new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(String(port)));
		});
	});
const STAGES = ['received', 'verified', 'stored', 'mapped', 'rendered', 'sent', 'delivered', 'read', 'Your turn'];
const LONGEST_MS = 180_000;

const started = Date.now();
const child = spawn('npm', ['start'], {
	cwd: root,
	// Empty counts as not set: this is the demo whatever the machine's environment says.
	env: {
		...process.env,
		MESSLO_API_KEY: '',
		BRIDGE_CONFIG: '',
		BRIDGE_PORT: await freePort(),
		SANDBOX_PORT: await freePort(),
	},
	stdio: ['ignore', 'pipe', 'inherit'],
	detached: true,
});
let printed = '';
const failed = await new Promise((resolve) => {
	const timer = setTimeout(() => resolve('it took too long'), LONGEST_MS);
	child.stdout.on('data', (chunk) => {
		process.stdout.write(chunk);
		printed += chunk;
		if (!printed.includes('Your turn')) return;
		clearTimeout(timer);
		resolve(undefined);
	});
	child.once('exit', (code) => resolve(`it ended with ${code}`));
});
// Ctrl-C reaches the whole process group.
process.kill(-child.pid, 'SIGINT');
await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
const missing = STAGES.filter((stage) => !printed.includes(stage));
if (failed || missing.length > 0 || !printed.includes('Stopped.')) {
	console.error(
		`npm start: ${failed ?? ''} ${missing.length > 0 ? `never said: ${missing.join(', ')}` : ''} ${printed.includes('Stopped.') ? '' : 'did not stop cleanly'}`,
	);
	process.exit(1);
}
console.log(
	`npm start: the order was read after ${((Date.now() - started) / 1000).toFixed(0)} s, and Ctrl-C stopped it cleanly.`,
);
