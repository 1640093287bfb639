package net.berth.config;

/**
 * A host and a port to listen on.
 *
 * @param host an address or a name, an IPv6 address without brackets
 * @param port the port; 0 for any that is free
 */
record HostPort(String host, int port) {}
