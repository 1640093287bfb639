package net.berth.cli;

/**
 * One server-sent event.
 *
 * @param id its id, to go on behind it; empty when it has none
 * @param data its data: a CloudEvent as JSON
 */
record ServerEvent(String id, String data) {}
