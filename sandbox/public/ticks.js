import { drawing } from './dom.js';

const LABELS = { sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Not delivered' };
const ONE = 'M2.5 6l3 3L11 2.5';
const TWO = ['M1 6l3 3 5.5-6.5', 'M7 8.400l.7.6L13.500 2.500'];

/** One tick: sent. Two: delivered. Two blue ones: read. */
export function ticks(status) {
	const svg =
		status === 'failed'
			? drawing('ticks failed', '0 0 14 14', 'M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1z', 'M7 3.800v4', 'M7 10.100v.1')
			: drawing(`ticks ${status}`, '0 0 15 11', ...(status === 'sent' ? [ONE] : TWO));
	svg.setAttribute('role', 'img');
	svg.removeAttribute('aria-hidden');
	svg.setAttribute('aria-label', LABELS[status] ?? status);
	return svg;
}
