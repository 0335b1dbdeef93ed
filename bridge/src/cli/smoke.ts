import { load, type CliOptions } from './load';
import { trySample } from './connect/register';
import { findSource } from './find-source';

/** Posts a signed sample to the running bridge, as the shop would; exit 1 when it does not arrive. Makes no message. */
export async function smoke({ source: id, ...options }: CliOptions & { source: string }): Promise<void> {
	const { config } = await load(options);
	const source = findSource(config, id);
	if (source.kind !== 'shopify' && source.kind !== 'woocommerce')
		throw new Error(
			`Nothing is posted to '${id}': the bridge looks at it by itself. Try messlo-bridge dry-run --source ${id}`,
		);
	if (!(await trySample((text = '') => void process.stdout.write(`${text}\n`), config, source))) process.exitCode = 1;
}
