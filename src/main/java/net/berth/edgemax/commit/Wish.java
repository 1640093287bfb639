package net.berth.edgemax.commit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.edgemax.config.Nodes;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterEntry;

/** A change, taken apart: the entries that are to go, and the one that is to be there, if any. */
record Wish(List<? extends RouterEntry> old, List<? extends RouterEntry> wanted) {
    static Wish of(RouterChange change) {
        return switch (change) {
            case RouterChange.PutMapping put -> new Wish(put.replaces(), List.of(put.wanted()));
            case RouterChange.RemoveMapping remove -> new Wish(List.of(remove.old()), List.of());
            case RouterChange.PutRecord put -> new Wish(put.replaces(), List.of(put.wanted()));
            case RouterChange.RemoveRecord remove -> new Wish(List.of(remove.old()), List.of());
        };
    }

    boolean wants(RouterEntry found) {
        return wanted.stream().anyMatch(entry -> EntryRules.same(entry, found));
    }

    /** All nodes that it may edit, each once. */
    Set<List<String>> nodes() {
        return Stream.concat(old.stream(), wanted.stream())
                .map(Nodes::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
