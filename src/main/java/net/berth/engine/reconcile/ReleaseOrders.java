package net.berth.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Request;
import net.berth.engine.run.Run;
import net.berth.engine.world.World;
import net.berth.model.GuestId;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;

/**
 * Releases guests by the operator's order, whether they are there or not. The rows say so, so that every receiver leaves
 * the guests alone until their next start.
 */
public record ReleaseOrders(World world, Reader reader, CarryOut carryOut, Policy.Mode mode) {

    /** All guests of this cluster that have rows. */
    public Set<GuestId> all() {
        return owners(guest -> true).keySet();
    }

    /**
     * The guests that VMIDs mean. A VM and a container may have had one VMID one after the other: then the one that is gone
     * is meant for as long as it has rows, so that an order that is given twice does not reach the other.
     */
    public Set<GuestId> numbered(Set<Integer> vmids) {
        Set<GuestId> meant = new HashSet<>();
        owners(guest -> vmids.contains(guest.vmid())).keySet().stream()
                .collect(Collectors.groupingBy(GuestId::vmid, Collectors.toSet()))
                .values()
                .forEach(same -> meant.addAll(ofOneNumber(same)));
        return meant;
    }

    private Set<GuestId> ofOneNumber(Set<GuestId> all) {
        if (all.size() == 1) {
            return all;
        }
        Set<GuestId> gone =
                all.stream().filter(guest -> !reader.isListed(guest)).collect(Collectors.toSet());
        return gone.isEmpty() ? all : gone;
    }

    /** What would be done for these guests. */
    public List<Change> plan(Set<GuestId> guests) {
        return planned(guests).stream().flatMap(run -> changes(run).stream()).toList();
    }

    private static List<Change> changes(Run run) {
        List<Change> changes = new ArrayList<>(run.plan().changes(Stage.INTENT));
        changes.addAll(run.plan().changes(Stage.ROUTER));
        return changes;
    }

    /**
     * Releases.
     *
     * @return what was done
     * @throws PeerException when a part could not be done; its text says what was
     */
    public List<Change> release(Set<GuestId> guests) {
        if (mode == Policy.Mode.REPORT) {
            throw new PeerException(
                    Peer.NIPAP,
                    PeerException.Kind.REFUSED,
                    "mode: report changes nothing; --dry-run shows what would be done");
        }
        List<Run> runs = planned(guests);
        carryOut.all(runs.stream().filter(run -> !run.plan().isReady()).toList());
        List<Change> done = runs.stream().flatMap(run -> run.done().stream()).toList();
        for (Run run : runs) {
            run.failure().ifPresent(failure -> {
                throw incomplete(done, String.valueOf(failure.getMessage()));
            });
            run.refused().stream().findFirst().ifPresent(conflict -> {
                throw incomplete(done, conflict.message());
            });
        }
        return done;
    }

    private static PeerException incomplete(List<Change> done, String problem) {
        String did = done.isEmpty()
                ? "nothing was released"
                : "done so far: " + done.stream().map(Change::what).collect(Collectors.joining(", "));
        return new PeerException(
                Peer.ROUTER, PeerException.Kind.REFUSED, problem + " (" + did + "). Then give the order again");
    }

    private List<Run> planned(Set<GuestId> guests) {
        Map<GuestId, List<AddressRow>> rows = owners(guests::contains);
        // One fresh view for all.
        reader.router(Duration.ZERO, Instant.MIN);
        return rows.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> {
                    Run run =
                            new Run(world.guest(entry.getKey()), Request.LOOK, new Run.Target.Released(), world.now());
                    carryOut.plan(run, entry.getValue());
                    return run;
                })
                .toList();
    }

    private Map<GuestId, List<AddressRow>> owners(Predicate<GuestId> whom) {
        return reader.allRows().stream()
                .filter(row -> row.nic()
                        .map(NicId::guest)
                        .filter(guest -> guest.cluster().equals(world.cluster()) && whom.test(guest))
                        .isPresent())
                .collect(Collectors.groupingBy(row -> row.nic().orElseThrow().guest()));
    }
}
