package net.berth.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.ReservedNames;
import net.berth.model.router.RouterView;

/**
 * All that a plan for one guest is made from.
 *
 * @param rows NIPAP's host rows: all rows in the configured networks, or only this guest's
 * @param whole whether {@code rows} is all
 * @param boot what is known of the guest's first start
 * @param starting whether the guest is about to start (its status still says stopped)
 * @param startedAt when the guest's present run began, by its uptime; {@link Instant#MIN} when it does not run, or when that run is known
 *     to be an older one that only migrated live. A start later than {@code berth release} ends the release
 * @param writeBackOrdered whether it was ordered to write the address into the guest now
 * @param ordered whether the operator asked for this guest
 * @param live what the running guest says of its interfaces' addresses; empty while nothing is known
 * @param fixed the fixed addresses in guests' configs, with these guests; needed with {@code whole} only
 * @param pools the prefixes of each pool that networks take addresses from, by name; without those that NIPAP does not
 *     have; needed with {@code whole} only
 * @param names the names that no guest gets because it asks for them
 * @param now when all of this was read
 */
public record Situation(
        Guest guest,
        RowIndex rows,
        boolean whole,
        RouterView router,
        Boot boot,
        boolean starting,
        Instant startedAt,
        boolean writeBackOrdered,
        boolean ordered,
        List<LiveAddress> live,
        Map<IpAddress, Set<GuestId>> fixed,
        Map<String, List<Prefix>> pools,
        ReservedNames names,
        Instant now) {

    /** What is known of a guest's first start. */
    public enum Boot {
        /** Its disk has never run: cloud-init will take what its config says. */
        FRESH,
        /** Its first start was seconds ago; cloud-init has not read the image yet. */
        FIRST_SECONDS,
        /** It has run, or there is no proof that it has not. */
        HAS_RUN
    }

    /** Copies the collections. */
    public Situation {
        live = List.copyOf(live);
        fixed = Map.copyOf(fixed);
        pools = Map.copyOf(pools);
    }

    /** Whether another guest's config has the address. */
    public boolean fixedElsewhere(IpAddress address) {
        return fixed.getOrDefault(address, Set.of()).stream().anyMatch(other -> !other.equals(guest.id()));
    }
}
