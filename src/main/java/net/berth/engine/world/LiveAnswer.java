package net.berth.engine.world;

import java.time.Duration;
import java.util.List;
import net.berth.model.Guest;
import net.berth.model.LiveAddress;

/**
 * What a running guest's agent or host said of the addresses in use.
 *
 * @param uptime the guest's uptime at that time
 * @param addresses the addresses; empty when there was no answer
 */
public record LiveAnswer(Duration uptime, List<LiveAddress> addresses) {

    /** Copies the list. */
    public LiveAnswer {
        addresses = List.copyOf(addresses);
    }

    /** Whether the guest has not been restarted since: after a restart it may have another address. */
    public boolean isOfThisStart(Guest guest) {
        return guest.running() && guest.uptime().compareTo(uptime) >= 0;
    }
}
