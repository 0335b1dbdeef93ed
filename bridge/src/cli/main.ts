#!/usr/bin/env node
import { Argument, Command } from 'commander';
import { environmentVariables } from '../config/environment';
import { connectCommand } from './connect/command';
import { reasonOf } from '../reason-of';

// Each command is loaded when it is the one: what a bridge does not use takes no memory of it.
const program = new Command('messlo-bridge')
	.description('Order webhooks in, WhatsApp template messages out, through the Messlo API.')
	.option('-c, --config <file>', 'configuration file (default: $BRIDGE_CONFIG, else messlo-bridge.yaml)')
	.configureHelp({ showGlobalOptions: true });

const options = () => ({ ...program.opts<{ config?: string }>(), variables: environmentVariables() });

program
	.command('start', { isDefault: true })
	.description('receive webhooks and send messages until stopped')
	.allowExcessArguments()
	.action(async (_options, { args: [unknown] }: Command) => {
		if (unknown !== undefined)
			throw new Error(
				`There is no command '${unknown}'. The commands are ${program.commands.map((each) => each.name()).join(', ')}.`,
			);
		await (await import('./start.js')).start(options());
	});
program
	.command('check')
	.description('read configuration, mappings and layouts, and say everything that is wrong with them')
	.action(async () => (await import('./check.js')).check(options()));
program
	.command('templates')
	.description('show which templates the mappings need, and which of them are approved')
	.option('--push', 'create the missing ones')
	.action(async (given: { push?: boolean }) =>
		(await import('./templates.js')).templates({ ...options(), push: given.push === true }),
	);

program
	.command('person')
	.description('find, export or erase all that is kept of a person, by their number; the bridge must be running')
	.addArgument(new Argument('<action>').choices(['find', 'export', 'erase']))
	.argument('<number>', 'with country code')
	.action(async (action: 'find' | 'export' | 'erase', number: string) =>
		(await import('./person.js')).person({ ...options(), action, number }),
	);

program
	.command('held')
	.description(
		'list the messages that wait for a person, with why, and what can be decided; the bridge must be running',
	)
	.action(async () => (await import('./held.js')).held(options()));
program
	.command('replay')
	.description(
		'send a held, failed, skipped or cancelled message again, or read an event again; the bridge must be running',
	)
	.argument('<id>', 'msg_57 or evt_42')
	.action(async (id: string) => (await import('./replay.js')).replay({ ...options(), id }));
program
	.command('settle')
	.description('say what became of a message that waits for a person; the bridge must be running')
	.argument('<id>', 'msg_57')
	.option('--arrived', 'it is in the chat: it counts as sent, and its state is read back')
	.option('--cancel', 'nobody needs it any more')
	.action(async (id: string, given: { arrived?: boolean; cancel?: boolean }) =>
		(await import('./settle.js')).settle({ ...options(), id, ...given }),
	);

program.addCommand(connectCommand(options));
program
	.command('dry-run')
	.description('fetch the last real orders and show each message as it would be sent; sends nothing, stores nothing')
	.requiredOption('--source <id>', 'id of a shop, sheet or calendar')
	.option('--last <count>', 'how many orders, rows or appointments', '50')
	.option('--json', 'for programs')
	.option('--show-numbers', 'show phone numbers whole')
	.action(async (given: { source: string; last: string; json?: boolean; showNumbers?: boolean }) =>
		(await import('./dry-run.js')).dryRunCommand({ ...options(), ...given }),
	);
program
	.command('smoke')
	.description('post a signed sample to the running bridge, as the shop would; no message comes of it')
	.requiredOption('--source <id>', 'id of a shop')
	.action(async (given: { source: string }) => (await import('./smoke.js')).smoke({ ...options(), ...given }));

program
	.command('campaign')
	.description(
		'start one campaign for all numbers of a sheet, with the same text for everybody; the bridge must be running',
	)
	.requiredOption('--source <id>', 'id of a sheet')
	.requiredOption('--mapping <name>', 'mapping that says what is sent')
	.requiredOption('--name <name>', 'what the campaign is called at Messlo; a second one of the name is refused')
	.option('--dry-run', 'only say what would be started')
	.action(async (given: { source: string; mapping: string; name: string; dryRun?: boolean }) =>
		(await import('./campaign.js')).campaign({ ...options(), ...given }),
	);

program
	.command('migrate')
	.description('move a whole ledger from its file to an empty PostgreSQL database; stop the bridge before')
	.requiredOption('--from <url>', 'sqlite:./data/bridge.db')
	.requiredOption('--to <url>', 'postgres://user:password@host/database')
	.action(async (given: { from: string; to: string }) => (await import('./migrate.js')).migrate(given));

program.parseAsync().catch((error: unknown) => {
	process.stderr.write(`${reasonOf(error)}\n`);
	process.exitCode = 1;
});
