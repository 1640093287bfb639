package net.berth.plan.entry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.berth.model.router.RouterChange;
import net.berth.plan.Change;

/**
 * Makes a plan name each entry of the router once: what one NIC gives up is often what another replaces, and the second
 * change of an entry would find that it no longer reads as planned.
 */
public final class RouterEntries {
    private final Set<Object> touched = new HashSet<>();

    private RouterEntries() {}

    /** The changes without second changes of one entry; a replacement takes precedence over a removal. */
    public static List<Change> once(List<Change> changes) {
        RouterEntries entries = new RouterEntries();
        List<Change> puts = changes.stream().map(entries::put).toList();
        List<Change> once = new ArrayList<>();
        for (Change change : puts) {
            if (!isRemoval(change) || entries.touched.add(old((Change.OnRouter) change))) {
                once.add(change);
            }
        }
        return once;
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
}
