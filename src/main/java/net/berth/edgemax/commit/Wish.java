package net.berth.edgemax.commit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.berth.edgemax.config.Nodes;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;

/** A change, taken apart: the entries that are to go, and the one that is to be there, if any. */
record Wish(List<Mapping> oldMappings, List<Mapping> mappings, List<DnsRecord> oldRecords, List<DnsRecord> records) {
    static Wish of(RouterChange change) {
        return switch (change) {
            case RouterChange.PutMapping put -> new Wish(put.replaces(), List.of(put.wanted()), List.of(), List.of());
            case RouterChange.RemoveMapping remove -> new Wish(List.of(remove.old()), List.of(), List.of(), List.of());
            case RouterChange.PutRecord put -> new Wish(List.of(), List.of(), put.replaces(), List.of(put.wanted()));
            case RouterChange.RemoveRecord remove -> new Wish(List.of(), List.of(), List.of(remove.old()), List.of());
        };
    }

    /** Whether it only removes. */
    boolean removes() {
        return mappings.isEmpty() && records.isEmpty();
    }

    boolean wants(Mapping found) {
        return mappings.stream().anyMatch(wanted -> EntryRules.same(wanted, found));
    }

    boolean wants(DnsRecord found) {
        return records.stream().anyMatch(wanted -> EntryRules.same(wanted, found));
    }

    /** All nodes that it may edit, each once. */
    Set<List<String>> nodes() {
        Set<List<String>> nodes = new LinkedHashSet<>();
        oldMappings.forEach(old -> nodes.add(Nodes.of(old)));
        mappings.forEach(wanted -> nodes.add(Nodes.of(wanted)));
        oldRecords.forEach(old -> nodes.add(Nodes.of(old)));
        records.forEach(wanted -> nodes.add(Nodes.of(wanted)));
        return nodes;
    }
}
