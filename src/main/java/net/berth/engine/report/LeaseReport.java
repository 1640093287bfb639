package net.berth.engine.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/**
 * A machine on a network of the router: a live lease, or, without one, a machine that the router met on the wire.
 *
 * @param address the address it uses
 * @param expires when its lease ends; {@link Instant#MAX} when that is not known, {@link Instant#MIN} without lease
 * @param left how long until then, never negative; zero when it is not known
 * @param network the configured network that holds the address; empty when none does
 * @param clientName the name the client sent; empty when none
 * @param guests the guest with this MAC; empty for an unknown machine
 * @param note what is odd about it, in words; empty when nothing is
 */
public record LeaseReport(
        IpAddress address,
        MacAddress mac,
        Source source,
        Instant expires,
        Duration left,
        String network,
        String clientName,
        List<Guest> guests,
        String nic,
        String note) {

    /** How the router knows of a machine. */
    public enum Source {
        /** It has a lease. */
        LEASE,
        /** It is in the ARP table. */
        ARP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The guest with this MAC; empty for an unknown machine. */
    public Optional<Guest> guest() {
        return guests.stream().findFirst();
    }
}
