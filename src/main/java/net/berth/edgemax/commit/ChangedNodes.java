package net.berth.edgemax.commit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.berth.edgemax.config.Nodes;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;

/** What a change names. */
final class ChangedNodes {
    private ChangedNodes() {}

    static List<Mapping> oldMappings(RouterChange change) {
        return switch (change) {
            case RouterChange.PutMapping put -> put.replaces();
            case RouterChange.RemoveMapping remove -> List.of(remove.old());
            case RouterChange.PutRecord put -> List.of();
            case RouterChange.RemoveRecord remove -> List.of();
        };
    }

    static List<DnsRecord> oldRecords(RouterChange change) {
        return switch (change) {
            case RouterChange.PutRecord put -> put.replaces();
            case RouterChange.RemoveRecord remove -> List.of(remove.old());
            case RouterChange.PutMapping put -> List.of();
            case RouterChange.RemoveMapping remove -> List.of();
        };
    }

    /** All nodes that it may edit, each once. */
    static Set<List<String>> nodes(RouterChange change) {
        List<List<String>> nodes = new ArrayList<>();
        oldMappings(change).forEach(old -> nodes.add(Nodes.of(old)));
        oldRecords(change).forEach(old -> nodes.add(Nodes.of(old)));
        switch (change) {
            case RouterChange.PutMapping put -> nodes.add(Nodes.of(put.wanted()));
            case RouterChange.PutRecord put -> nodes.add(Nodes.of(put.wanted()));
            case RouterChange.RemoveMapping remove -> nodes.add(Nodes.of(remove.old()));
            case RouterChange.RemoveRecord remove -> nodes.add(Nodes.of(remove.old()));
        }
        return new LinkedHashSet<>(nodes);
    }
}
