package net.berth.engine.reconcile;

import java.time.Instant;
import java.util.List;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.Seen;
import net.berth.engine.world.World;
import net.berth.model.Network;
import net.berth.model.Policy;

/** The machines that the router sees, and whose they are. */
final class Leases {
    private final World world;
    private final List<Network> networks;
    private final Policy policy;

    Leases(World world, List<Network> networks, Policy policy) {
        this.world = world;
        this.networks = List.copyOf(networks);
        this.policy = policy;
    }

    Seen<List<LeaseReport>> of(PassReport guests) {
        // A view that is stale after a failed commit has no time; it was read in the last comparison or later.
        Instant at = world.router()
                .last()
                .map(Seen::at)
                .filter(guests.asOf()::isBefore)
                .orElse(guests.asOf());
        return new Seen<>(
                LeaseOwners.of(networks, policy, guests.guests(), world.router().view(), world.now()), at);
    }
}
