package net.berth.model;

/**
 * An address that an interface of a running guest has now, as the guest itself says.
 *
 * @param mac the interface's MAC; bridges and VLANs inside the guest may share their NIC's
 * @param address the address
 */
public record LiveAddress(MacAddress mac, IpAddress address) {}
