package net.berth.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.PeerException;
import net.berth.model.IpAddress;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.entry.StaleWrites;

/**
 * What this receiver sent to the router and has not compared with NIPAP since. Another receiver may change a row while
 * the commit for it is on the way; its look at the router came too early then to see what that commit puts there. So the
 * one who put it looks at the rows once more afterwards, and removes what they no longer ask for.
 */
final class Fence {
    /** The last view will do; after an answer that was lost it is from before that, and the router is asked. */
    private static final Duration ANY_AGE = Duration.ofDays(3650);

    private final Ipam ipam;
    private final RouterLane router;
    private final Map<Integer, List<Change.OnRouter>> sent = new ConcurrentHashMap<>();

    Fence(Ipam ipam, RouterLane router) {
        this.ipam = ipam;
        this.router = router;
    }

    /** Takes note before it is sent: an answer may be lost. */
    void sends(int vmid, List<Change> onRouter) {
        // While the router does not answer the same is sent again and again.
        sent.merge(
                vmid,
                onRouter.stream().map(change -> (Change.OnRouter) change).toList(),
                (before, more) ->
                        Stream.concat(before.stream(), more.stream()).distinct().toList());
    }

    /** Whether something was sent for a guest and not compared since. */
    boolean isOpen(int vmid) {
        return sent.containsKey(vmid);
    }

    /**
     * What must go again. Empty: all that was sent is as the rows ask, and nothing is left to compare.
     *
     * @param own the guest's rows, read since
     * @throws PeerException when the router had to be asked and does not answer; nothing is taken for compared then
     */
    List<Change> stale(int vmid, List<AddressRow> own) {
        List<Change.OnRouter> puts = sent.getOrDefault(vmid, List.of());
        if (puts.isEmpty()) {
            return List.of();
        }
        RouterView view = router.view(ANY_AGE);
        List<Change> stale = StaleWrites.removals(puts, address -> rowAt(address, own), view);
        if (stale.isEmpty()) {
            sent.remove(vmid);
        }
        return stale;
    }

    /** Of the guest's own rows or, should the address be another's by now, as NIPAP has it. */
    private Optional<AddressRow> rowAt(IpAddress address, List<AddressRow> own) {
        Optional<AddressRow> known =
                own.stream().filter(row -> row.address().equals(address)).findFirst();
        return known.isPresent() ? known : ipam.rowAt(address);
    }
}
