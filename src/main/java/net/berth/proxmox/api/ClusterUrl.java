package net.berth.proxmox.api;

import java.net.URI;

/**
 * One of the cluster's addresses.
 *
 * @param url the address
 * @param api a client that knows only this one
 */
public record ClusterUrl(URI url, PveApi api) {}
