package net.berth.model.router;

import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/** A machine that the router has met on the wire; proven if it answered within the last half minute. */
public record Neighbour(IpAddress address, MacAddress mac, boolean proven) {}
