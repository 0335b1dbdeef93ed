#!/usr/bin/env node
import { Command } from 'commander';
import { environmentVariables } from '../config/environment';
import { check } from './check';
import { start } from './start';
import { templates } from './templates';
import { reasonOf } from '../reason-of';

const program = new Command('messlo-bridge')
	.description('Order webhooks in, WhatsApp template messages out, through the Messlo API.')
	.option('-c, --config <file>', 'configuration file (default: $BRIDGE_CONFIG, else messlo-bridge.yaml)')
	.configureHelp({ showGlobalOptions: true });

const options = () => ({ ...program.opts<{ config?: string }>(), variables: environmentVariables() });

program
	.command('start', { isDefault: true })
	.description('receive webhooks and send messages until stopped')
	.allowExcessArguments()
	.action((_options, { args: [unknown] }: Command) => {
		if (unknown !== undefined)
			throw new Error(
				`There is no command '${unknown}'. The commands are ${program.commands.map((each) => each.name()).join(', ')}.`,
			);
		return start(options());
	});
program
	.command('check')
	.description('read configuration, mappings and layouts, and say everything that is wrong with them')
	.action(() => check(options()));
program
	.command('templates')
	.description('show which templates the mappings need, and which of them are approved')
	.option('--push', 'create the missing ones')
	.action((given: { push?: boolean }) => templates({ ...options(), push: given.push === true }));

program.parseAsync().catch((error: unknown) => {
	process.stderr.write(`${reasonOf(error)}\n`);
	process.exitCode = 1;
});
