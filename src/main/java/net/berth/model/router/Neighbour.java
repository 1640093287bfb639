package net.berth.model.router;

import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/**
 * A machine that the router has met on the wire, whether it has a lease or not.
 *
 * @param proven whether it answered within the last half minute; else it may be long gone
 */
public record Neighbour(IpAddress address, MacAddress mac, boolean proven) {}
