import { IPv4, IPv6, parse } from 'ipaddr.js';

/** Public by its number, but inside by what answers there: the host agent of every machine at Azure. */
const INSIDE_ALL_THE_SAME = new Set(['168.63.129.16']);

/** IPv6 has given out nothing but 2000::/3; what is elsewhere is not on the internet. */
const GLOBAL: [IPv6, number] = [IPv6.parse('2000::'), 3];

/**
 * Whether an IP address, as text, is one of the internet: not private, loopback, link-local, shared (CGNAT), multicast, reserved
 * or an IPv4 address dressed as one of IPv6. Text that is no address is not public.
 */
export function isPublic(address: string): boolean {
	let given: IPv4 | IPv6;
	try {
		given = parse(address);
	} catch {
		return false;
	}
	if (given instanceof IPv4) return given.range() === 'unicast' && !INSIDE_ALL_THE_SAME.has(given.toString());
	// 64:ff9b::/96: how a network without IPv4 of its own reaches the IPv4 address in the last four bytes (RFC 6052).
	if (given.range() === 'rfc6052') return isPublic(given.toByteArray().slice(12).join('.'));
	return given.range() === 'unicast' && given.match(GLOBAL);
}
