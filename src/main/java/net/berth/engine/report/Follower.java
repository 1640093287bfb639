package net.berth.engine.report;

import java.time.Instant;

/**
 * A receiver to which Berth sends its events.
 *
 * @param title its name
 * @param up whether events reach it
 * @param stopped whether it has asked for no more events
 * @param lastSuccess when it last took one; {@link Instant#EPOCH} before the first
 * @param problem what went wrong last; empty when nothing did
 * @param waiting how many events were not sent to it yet
 */
public record Follower(String title, boolean up, boolean stopped, Instant lastSuccess, String problem, long waiting) {}
