/** WordPress posts to no other port, and to no private address, unless it is the site's own (wp_http_validate_url). It tells nobody. */
const PORTS = ['', '80', '443', '8080'];
const PRIVATE =
	/^(localhost|0\.|10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[)|\.(local|internal|lan)$/;
const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/;

/** Why the shop's webhooks would never arrive at this address, with the way out; undefined when they can. */
export function unreachable(address: string, shopHost: string): string | undefined {
	if (!URL.canParse(address)) return `'${address}' is not a web address. → Set server.publicUrl.`;
	const { protocol, hostname, port } = new URL(address);
	// A shop on this machine is a stand-in or a developer's, and has its own rules.
	if (LOOPBACK.test(shopHost)) return undefined;
	if (PRIVATE.test(hostname))
		return `WooCommerce posts to no private address, and ${hostname} is one. → Set server.publicUrl to an https address that the shop can reach; a tunnel gives one for a try.`;
	if (!PORTS.includes(port))
		return `WooCommerce posts to the ports 80, 443 and 8080 only, not to ${port}. → Put the bridge behind a proxy on port 443 and write server.publicUrl without a port.`;
	if (protocol !== 'https:')
		return 'names and addresses of buyers would travel readable over http. → Set server.publicUrl to an https address.';
	return undefined;
}
