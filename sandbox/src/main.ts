import { readEnvironment } from './environment';
import { startSandbox } from './sandbox';

async function main(): Promise<void> {
	const sandbox = await startSandbox(readEnvironment());
	console.log(`Messlo sandbox: API and phone at ${sandbox.url}, control API under ${sandbox.url}/__sandbox/`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
