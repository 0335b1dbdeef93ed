import { z } from 'zod';

type Json = Record<string, unknown>;

/** The JSON Schema of what a person may write in a file, for editors. */
export function jsonSchema(schema: z.ZodType, { title, variables }: { title: string; variables: boolean }): string {
	const made = z.toJSONSchema(schema, {
		io: 'input',
		unrepresentable: 'any',
		override: ({ jsonSchema: node }) => {
			const json: Json = node;
			// A choice that we describe by hand: zod puts the form after preprocessing beside it.
			if (json['anyOf'] !== undefined) for (const key of Object.keys(json)) if (!KEPT.includes(key)) delete json[key];
			if (variables && typeof json['pattern'] === 'string' && !json['pattern'].endsWith(VARIABLE))
				json['pattern'] += VARIABLE;
		},
	});
	const { $schema, ...rest } = made;
	const head = {
		$comment: 'Generated: do not edit. To make it anew: npm run build && node scripts/write-schemas.mjs',
		$schema,
		title,
	};
	return `${JSON.stringify({ ...head, ...rest }, null, 2)}\n`;
}

const KEPT = ['anyOf', 'description', 'default'];
/** Text that takes its value from the environment may have any form. */
const VARIABLE = '|\\$\\{.+\\}';
