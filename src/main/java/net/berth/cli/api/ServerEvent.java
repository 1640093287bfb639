package net.berth.cli.api;

/**
 * One server-sent event.
 *
 * @param id its id, for Last-Event-ID; empty when it has none
 * @param data its data: a CloudEvent as JSON
 */
public record ServerEvent(String id, String data) {}
