package net.berth.engine.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.plan.GuestPlan;
import net.berth.plan.MassMoveGuard;

/** What the last full pass found beside the guests themselves. */
public final class PassRecord {
    private final Map<String, NetworkReport> networks = new ConcurrentHashMap<>();
    private volatile Instant ended = Instant.EPOCH;
    private volatile PassReport compared = new PassReport(List.of(), List.of(), List.of(), List.of(), Instant.EPOCH);
    private volatile boolean allConfigsRead;

    private MassMoveGuard guard;

    PassRecord(int releaseLimit) {
        this.guard = MassMoveGuard.of(releaseLimit);
    }

    /**
     * Plans as they may be carried out.
     *
     * @param complete whether these are the plans of all guests, and every guest could be read
     * @param shown whether they are only shown: then later plans are guarded as if these had not been
     */
    public synchronized List<GuestPlan> guarded(List<GuestPlan> plans, boolean complete, boolean shown) {
        MassMoveGuard.Pass pass = guard.pass(plans, complete);
        guard = shown ? guard : pass.next();
        return pass.plans();
    }

    /** When the last full pass ended; {@link Instant#EPOCH} before the first. */
    public Instant ended() {
        return ended;
    }

    /** A full pass has ended. */
    public void ended(Instant at) {
        ended = at;
    }

    /** Whether the config of every guest was read once, as far as Proxmox shows it. */
    public boolean allConfigsRead() {
        return allConfigsRead;
    }

    /** Every config was read. */
    public void configsRead() {
        allConfigsRead = true;
    }

    /** All guests were compared. */
    public void compared(PassReport report) {
        compared = new PassReport(List.of(), report.releases(), report.conflicts(), report.gaps(), report.asOf());
    }

    /** The last comparison of all guests, without the guests; begun at {@link Instant#EPOCH} before the first. */
    public PassReport compared() {
        return compared;
    }

    /** The state of each network's addresses, by the network's name. */
    public Map<String, NetworkReport> networks() {
        return Map.copyOf(networks);
    }

    /** Notes the state of a network's addresses. */
    public void network(NetworkReport report) {
        networks.put(report.network().name(), report);
    }
}
