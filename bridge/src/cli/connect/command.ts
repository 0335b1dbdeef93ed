import { Command, Option } from 'commander';
import type { CliOptions } from '../load';
import type { ConnectionKind } from './connect';

/** Questions that come first, when there is no configuration yet. */
const NEW_CONFIG = {
	'--sender <number>': 'WhatsApp number that sends, when there is no configuration yet',
	'--public-url <address>': 'https address of the bridge, when there is no configuration yet',
	'--country <code>': 'country of numbers without country code, when there is no configuration yet',
};
/** For stand-ins. */
const HIDDEN = ['--messlo-url <address>', '--port <number>'];

interface Described {
	description: string;
	options: Record<string, string>;
	hidden?: string[];
	secrets: string;
}

const KINDS: Record<ConnectionKind, Described> = {
	shopify: {
		description: 'connect a Shopify shop, step by step',
		options: {
			'--shop <address>': 'address of its admin, or acme.myshopify.com',
			'--access <way>': 'app (client ID and secret) or token (shpat_…)',
			'--client-id <id>': 'client ID of the app',
		},
		hidden: ['--api-url <address>'],
		secrets: '<ID>_CLIENT_SECRET, or <ID>_ADMIN_TOKEN and <ID>_WEBHOOK_SECRET',
	},
	woocommerce: {
		description: 'connect a WooCommerce shop, step by step',
		options: { '--url <address>': "the shop's web address" },
		secrets: '<ID>_CONSUMER_KEY and <ID>_CONSUMER_SECRET',
	},
	google: {
		description: 'connect a Google Sheet or Calendar, step by step',
		options: {
			'--what <kind>': 'sheet or calendar',
			'--access <way>': 'key (a file) or sign-in (in the browser)',
			'--credentials <file>': 'key file',
			'--client-file <file>': 'OAuth client of the type “Desktop app”, to sign in',
			'--save-as <file>': 'where the sign-in is kept',
			'--spreadsheet <address>': 'address or id of the sheet',
			'--sheet <tab>': 'tab of the sheet',
			'--status <column>': 'column for what became of each row',
			'--send <rows>': 'marked or new: which rows are sent',
			'--opt-out <column>': 'column of people who want no messages',
			'--calendar <id>': 'id of the calendar',
			'--phone <column>': 'column, or for a calendar an expression, that gives the number',
			'--remind <times>': 'how long before an appointment: 24h,1h; none for none',
		},
		hidden: ['--root-url <address>'],
		secrets: '',
	},
};

/** `connect` and one command below it for each kind of source; every question has an option. */
export function connectCommand(options: () => CliOptions): Command {
	const command = new Command('connect').description('connect a shop, a sheet or a calendar, step by step');
	for (const kind of Object.keys(KINDS) as ConnectionKind[]) {
		const { description, options: own, hidden = [], secrets } = KINDS[kind];
		const each = command.command(kind).description(description);
		each.option('--id <name>', 'name of the source: part of its webhook address');
		for (const [flags, help] of [...Object.entries(own), ...Object.entries(NEW_CONFIG)]) each.option(flags, help);
		for (const flags of [...hidden, ...HIDDEN]) each.addOption(new Option(flags).hideHelp());
		each.option('-y, --yes', 'answer every question of yes or no with yes');
		each.option('--no-input', 'ask nothing: every answer is an option, secrets are environment variables');
		const variables = ['MESSLO_API_KEY', secrets].filter((name) => name !== '').join(', ');
		each.addHelpText('after', `\nSecrets are asked for, or come from the environment: ${variables}.`);
		each.action(async (given: Record<string, string | boolean | undefined>) =>
			(await import('./connect.js')).connect({
				...options(),
				kind,
				flags: flagsOf(given),
				input: given['input'] !== false,
				yes: given['yes'] === true || given['input'] === false,
			}),
		);
	}
	return command;
}

/** clientId → client-id */
const flagsOf = (given: Record<string, string | boolean | undefined>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(given).flatMap(([name, value]) =>
			typeof value === 'string' ? [[name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), value]] : [],
		),
	);
