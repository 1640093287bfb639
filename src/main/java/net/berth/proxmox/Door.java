package net.berth.proxmox;

import java.net.URI;

/**
 * One of the cluster's addresses.
 *
 * @param url the address
 * @param api a client that knows only this one
 */
record Door(URI url, PveApi api) {}
