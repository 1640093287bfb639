package net.berth.engine.report;

import java.time.Instant;
import java.util.List;
import net.berth.engine.port.Peer;

/**
 * The health of Berth and of the systems.
 *
 * @param lastPass when the last full pass ended; {@link Instant#EPOCH} before the first
 * @param passes how far each full pass is that runs now, the oldest first
 * @param webhooks each receiver of events; one that is down is shown, but does not make Berth unhealthy
 */
public record Health(List<PeerHealth> peers, Instant lastPass, List<PassHealth> passes, List<Follower> webhooks) {

    /** Copies the lists. */
    public Health {
        peers = List.copyOf(peers);
        passes = List.copyOf(passes);
        webhooks = List.copyOf(webhooks);
    }

    /** Without receivers of events, and with no pass running. */
    public Health(List<PeerHealth> peers, Instant lastPass) {
        this(peers, lastPass, List.of(), List.of());
    }

    /**
     * A full pass that runs.
     *
     * @param done how many of the part's steps are over
     * @param total how many the part has; 0 while that is not known
     */
    public record PassHealth(PassSteps.Part part, int done, int total) {}

    /**
     * One outside system.
     *
     * @param up whether its last call succeeded; false while it has not answered the first, true if it was not asked
     * @param lastSuccess when a call last succeeded; {@link Instant#EPOCH} before the first
     */
    public record PeerHealth(Peer peer, boolean up, Instant lastSuccess, String problem) {}

    /**
     * A receiver to which Berth sends its events.
     *
     * @param up whether events reach it
     * @param stopped whether it has asked for no more events
     * @param lastSuccess when an event last reached it; {@link Instant#EPOCH} before the first
     * @param problem what went wrong last; empty when nothing did
     * @param waiting how many events were not sent to it yet
     */
    public record Follower(
            String title, boolean up, boolean stopped, Instant lastSuccess, String problem, long waiting) {}

    /** Whether all of them answer. */
    public boolean up() {
        return peers.stream().allMatch(PeerHealth::up);
    }
}
