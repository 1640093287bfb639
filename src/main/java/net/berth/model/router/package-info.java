/** What the router holds: mappings, DNS records, DHCP subnets, leases, neighbours; and the changes to it. */
@NullMarked
package net.berth.model.router;

import org.jspecify.annotations.NullMarked;
