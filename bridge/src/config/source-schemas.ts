import { z } from 'zod';
import { googleCalendar } from './source-kinds/google-calendar';
import { googleSheets } from './source-kinds/google-sheets';
import { shopify } from './source-kinds/shopify';
import { woocommerce } from './source-kinds/woocommerce';

export const SOURCE_KINDS = ['shopify', 'woocommerce', 'google-sheets', 'google-calendar'] as const;

export const sourceSchema = z.discriminatedUnion('kind', [shopify, woocommerce, googleSheets, googleCalendar], {
	error: (issue) =>
		issue.code === 'invalid_union' ? `is not a kind of source → use one of: ${SOURCE_KINDS.join(', ')}` : undefined,
});

export type Source = z.infer<typeof sourceSchema>;
