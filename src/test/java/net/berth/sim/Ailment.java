package net.berth.sim;

import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;

/** How a system is ill for as long as it lasts. Of Proxmox, EMPTY and HALF are rights that it lost: see {@link Pve}. */
enum Ailment {
    NONE(0, ""),
    DOWN(1_000, "does not answer"),
    /** Just inside every deadline. */
    SLOW(25_000, ""),
    WRONG(0, "answered nonsense"),
    EMPTY(0, "answered an empty config"),
    HALF(0, "answered half a config");

    private final long millis;
    private final String words;

    Ailment(long millis, String words) {
        this.millis = millis;
        this.words = words;
    }

    /** How long a call takes beyond the usual. */
    long millis() {
        return millis;
    }

    String words() {
        return words;
    }

    /** What the client makes of it, where it can see it: of the router it takes no config that is not whole. */
    Optional<PeerException.Kind> failure(Peer peer) {
        return switch (this) {
            case NONE, SLOW -> Optional.empty();
            case DOWN -> Optional.of(PeerException.Kind.DOWN);
            case WRONG -> Optional.of(PeerException.Kind.GARBLED);
            case EMPTY, HALF -> peer == Peer.ROUTER ? Optional.of(PeerException.Kind.GARBLED) : Optional.empty();
        };
    }

    /** What is left of a list of rows, of which nothing says that it should be longer. */
    @SuppressWarnings("unchecked")
    <T> T of(Peer peer, T answer) {
        if (peer != Peer.NIPAP || !(answer instanceof List<?> rows)) {
            return answer;
        }
        return switch (this) {
            case EMPTY -> (T) List.of();
            case HALF -> (T) rows.subList(0, rows.size() / 2);
            default -> answer;
        };
    }

    /** Whether the health can tell. */
    boolean isSeenIn(Peer peer) {
        return failure(peer).isPresent();
    }
}
