package net.berth.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.berth.model.NicId;
import net.berth.model.router.RouterChange;

/**
 * Sorts the changes of a plan, and makes it name each entry of the router once: an entry that one NIC gives up may be one
 * that another NIC replaces, and the second change of an entry would find that it no longer reads as planned.
 */
final class ChangeOrder {
    private ChangeOrder() {}

    /** The changes by their stages, without second changes of one entry; a replacement takes precedence over a removal. */
    static List<Change> sorted(List<Change> changes) {
        Set<Object> touched = new HashSet<>();
        List<Change> all = IntStream.range(0, changes.size())
                .filter(at -> !isWrittenAgain(changes, at))
                .mapToObj(at -> withoutTouched(changes.get(at), touched))
                .toList();
        return all.stream()
                .filter(change -> removed(change).stream().allMatch(touched::add))
                .sorted(Comparator.comparing(Change::stage))
                .toList();
    }

    /** A name that one row gives up and a later change writes for another row. */
    private static boolean isWrittenAgain(List<Change> changes, int at) {
        return name(changes.get(at)).stream().anyMatch(name -> changes.stream()
                .skip(at + 1L)
                .anyMatch(later -> name(later).filter(name::equalsIgnoreCase).isPresent()));
    }

    private static Optional<String> name(Change change) {
        return change instanceof Change.OnRouter onRouter && onRouter.change() instanceof RouterChange.PutRecord put
                ? Optional.of(put.wanted().name())
                : Optional.empty();
    }

    private static Change withoutTouched(Change change, Set<Object> touched) {
        if (!(change instanceof Change.OnRouter onRouter)) {
            return change;
        }
        RouterChange once =
                switch (onRouter.change()) {
                    case RouterChange.PutMapping put ->
                        new RouterChange.PutMapping(
                                put.wanted(),
                                put.replaces().stream().filter(touched::add).toList());
                    case RouterChange.PutRecord put ->
                        new RouterChange.PutRecord(
                                put.wanted(),
                                put.replaces().stream().filter(touched::add).toList());
                    case RouterChange.RemoveMapping remove -> remove;
                    case RouterChange.RemoveRecord remove -> remove;
                };
        return new Change.OnRouter(onRouter.nic(), once, onRouter.reason());
    }

    private static Optional<Object> removed(Change change) {
        return change instanceof Change.OnRouter onRouter
                ? switch (onRouter.change()) {
                    case RouterChange.RemoveMapping remove -> Optional.of(remove.old());
                    case RouterChange.RemoveRecord remove -> Optional.of(remove.old());
                    case RouterChange.PutMapping put -> Optional.empty();
                    case RouterChange.PutRecord put -> Optional.empty();
                }
                : Optional.empty();
    }

    /**
     * Of sorted changes those that only make what is missing. The order of writes holds here too: where a NIC's row may not
     * be changed as wished, nothing that depends on it goes to the router or into the guest.
     */
    static List<Change> creating(List<Change> sorted) {
        Map<NicId, Change.Stage> stopped = new HashMap<>();
        List<Change> allowed = new ArrayList<>();
        for (Change change : sorted) {
            if (!change.creates()) {
                stopped.putIfAbsent(change.nic(), change.stage());
            } else if (!depends(change, stopped)) {
                allowed.add(change);
            }
        }
        return allowed;
    }

    /** Entries of the router are apart from each other; a NIC's rows are not, since a NIC has one. */
    private static boolean depends(Change change, Map<NicId, Change.Stage> stopped) {
        Change.Stage stop = stopped.get(change.nic());
        return stop != null
                && change.stage() != Change.Stage.NOTE
                && (stop == Change.Stage.INTENT || change.stage() != stop);
    }
}
