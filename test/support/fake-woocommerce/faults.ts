import { denied } from './auth';

export interface FakeAnswer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}
const html = (status: number, title: string): FakeAnswer => ({
	status,
	body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
	headers: { 'content-type': 'text/html; charset=UTF-8' },
});

/** What shops answer when something is wrong with them. `notice` stands before the answer that would have come. */
export const FAULTS = {
	'no WooCommerce': denied(404, 'rest_no_route', 'No route was found matching the URL and request method.'),
	'plain permalinks': html(404, 'Page not found – Boutique'),
	firewall: html(403, 'Sorry, you have been blocked'),
	'server error': {
		status: 500,
		body: {
			code: 'internal_server_error',
			message: '<p>There has been a critical error on this website.</p>',
			data: { status: 500 },
		},
	},
	maintenance: { ...html(503, 'Briefly unavailable for scheduled maintenance.'), headers: { 'retry-after': '600' } },
	'too many': {
		status: 429,
		body: { code: 'too_many_requests', message: 'Slow down.' },
		headers: { 'retry-after': '7' },
	},
	'coming soon page': html(200, 'Something great is coming'),
	moved: { status: 301, body: '', headers: { location: 'https://www.boutique.example/wp-json/wc/v3/orders?x=1' } },
	'no such order': denied(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.'),
	'bad parameter': denied(400, 'rest_invalid_param', 'Invalid parameter(s): status'),
} satisfies Record<string, FakeAnswer>;
export type FaultName = keyof typeof FAULTS;

export const PHP_NOTICE =
	'<br />\n<b>Deprecated</b>:  Return type of Foo::bar() in <b>/var/www/html/wp-content/plugins/foo/foo.php</b> on line <b>42</b><br />\n';
