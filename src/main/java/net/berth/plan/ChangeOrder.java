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
    private final Set<Object> touched = new HashSet<>();

    private ChangeOrder() {}

    /** The changes by their stages, without second changes of one entry; a replacement takes precedence over a removal. */
    static List<Change> sorted(List<Change> changes) {
        ChangeOrder entries = new ChangeOrder();
        List<Change> puts = IntStream.range(0, changes.size())
                .filter(at -> !isWrittenAgain(changes, at))
                .mapToObj(at -> entries.put(changes.get(at)))
                .toList();
        List<Change> once = new ArrayList<>();
        for (Change change : puts) {
            if (!isRemoval(change) || entries.touched.add(old((Change.OnRouter) change))) {
                once.add(change);
            }
        }
        return once.stream().sorted(Comparator.comparing(Change::stage)).toList();
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

    private Change put(Change change) {
        if (!(change instanceof Change.OnRouter onRouter)) {
            return change;
        }
        return switch (onRouter.change()) {
            case RouterChange.PutMapping put ->
                with(onRouter, new RouterChange.PutMapping(put.wanted(), untouched(put.replaces())));
            case RouterChange.PutRecord put ->
                with(onRouter, new RouterChange.PutRecord(put.wanted(), untouched(put.replaces())));
            case RouterChange.RemoveMapping remove -> change;
            case RouterChange.RemoveRecord remove -> change;
        };
    }

    private <T> List<T> untouched(List<T> entries) {
        return entries.stream().filter(touched::add).toList();
    }

    private static Change with(Change.OnRouter onRouter, RouterChange change) {
        return new Change.OnRouter(onRouter.nic(), change, onRouter.reason());
    }

    private static boolean isRemoval(Change change) {
        return change instanceof Change.OnRouter onRouter
                && (onRouter.change() instanceof RouterChange.RemoveMapping
                        || onRouter.change() instanceof RouterChange.RemoveRecord);
    }

    private static Object old(Change.OnRouter onRouter) {
        return switch (onRouter.change()) {
            case RouterChange.RemoveMapping remove -> remove.old();
            case RouterChange.RemoveRecord remove -> remove.old();
            case RouterChange.PutMapping put -> put;
            case RouterChange.PutRecord put -> put;
        };
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
