package net.berth.engine;

import java.time.Instant;
import java.util.List;

/**
 * How Berth and its peers are.
 *
 * @param peers each outside system
 * @param lastPass when the last full pass ended; {@link Instant#EPOCH} before the first
 * @param webhooks each receiver of events; one that is down is shown, but makes nothing else unwell
 */
public record Health(List<PeerHealth> peers, Instant lastPass, List<EventLog.Follower> webhooks) {

    /** Copies the lists. */
    public Health {
        peers = List.copyOf(peers);
        webhooks = List.copyOf(webhooks);
    }

    /** With nobody to bring events to. */
    public Health(List<PeerHealth> peers, Instant lastPass) {
        this(peers, lastPass, List.of());
    }

    /**
     * One outside system.
     *
     * @param peer which
     * @param up whether its last call succeeded; true before the first
     * @param lastSuccess when a call last succeeded; {@link Instant#EPOCH} before the first
     * @param problem what went wrong last, empty while it is up
     */
    public record PeerHealth(Peer peer, boolean up, Instant lastSuccess, String problem) {}

    /** Whether all of them answer. */
    public boolean up() {
        return peers.stream().allMatch(PeerHealth::up);
    }
}
