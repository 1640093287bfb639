package net.berth.edgemax.commit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigLine;
import net.berth.edgemax.config.LineGrammar;
import net.berth.edgemax.config.Nodes;
import net.berth.edgemax.ssh.RouterText;
import net.berth.engine.port.Router;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;

/**
 * Pure: (config as just read, changes) to lines. An entry is only deleted while it reads exactly as the change names it;
 * a wanted entry is only sent when nothing on the router clashes with it, in any network. The same on the config after
 * the commit shows whether all is in place: then no line is left.
 */
final class ChangePlanner {
    private final ActiveConfig config;
    private final Map<Integer, RouterChange> changes;
    private final Map<Integer, Router.Outcome> settled = new TreeMap<>();

    private ChangePlanner(ActiveConfig config, Map<Integer, RouterChange> changes) {
        this.config = config;
        this.changes = changes;
    }

    static ChangePlan plan(ActiveConfig config, Map<Integer, RouterChange> changes) {
        return new ChangePlanner(config, new TreeMap<>(changes)).plan();
    }

    private ChangePlan plan() {
        changes.forEach((number, change) -> ownFault(change).ifPresent(outcome -> settled.put(number, outcome)));
        PlannedConfig board = board();
        Map<List<String>, Set<Integer>> nodes = new LinkedHashMap<>();
        changes.forEach((number, change) -> {
            if (!settled.containsKey(number)) {
                ChangedNodes.nodes(change).forEach(node -> nodes.computeIfAbsent(node, n -> new LinkedHashSet<>())
                        .add(number));
            }
        });
        List<ConfigEdit> edits = new ArrayList<>();
        nodes.forEach((node, numbers) -> edit(board, node, numbers).ifPresent(edits::add));
        return new ChangePlan(edits, settled);
    }

    /** The entries as they will be; a change that something stands in the way of is settled, and the rest tried anew. */
    private PlannedConfig board() {
        while (true) {
            PlannedConfig board = new PlannedConfig(config);
            changes.forEach((number, change) -> {
                if (!settled.containsKey(number)) {
                    ChangedNodes.oldMappings(change).stream()
                            .filter(this::stands)
                            .forEach(board::take);
                    ChangedNodes.oldRecords(change).stream()
                            .filter(this::stands)
                            .forEach(board::take);
                }
            });
            int before = settled.size();
            changes.forEach((number, change) -> {
                if (!settled.containsKey(number)) {
                    put(board, change).ifPresent(why -> settled.put(number, new Router.Outcome.Stale(why)));
                }
            });
            if (settled.size() == before) {
                return board;
            }
        }
    }

    private static Optional<String> put(PlannedConfig board, RouterChange change) {
        Optional<String> obstacle =
                switch (change) {
                    case RouterChange.PutMapping put -> board.obstacle(put.wanted());
                    case RouterChange.PutRecord put -> board.obstacle(put.wanted());
                    case RouterChange.RemoveMapping remove -> Optional.empty();
                    case RouterChange.RemoveRecord remove -> Optional.empty();
                };
        if (obstacle.isEmpty()) {
            switch (change) {
                case RouterChange.PutMapping put -> board.put(put.wanted());
                case RouterChange.PutRecord put -> board.put(put.wanted());
                case RouterChange.RemoveMapping remove -> board.take(remove.old());
                case RouterChange.RemoveRecord remove -> board.take(remove.old());
            }
        }
        return obstacle;
    }

    private boolean stands(Mapping old) {
        return config.mappingAt(Nodes.of(old)).filter(old::equals).isPresent();
    }

    private boolean stands(DnsRecord old) {
        return config.records().contains(old);
    }

    private Optional<Router.Outcome> ownFault(RouterChange change) {
        Optional<Router.Outcome> wanted =
                switch (change) {
                    case RouterChange.PutMapping put -> wantedFault(put.wanted());
                    case RouterChange.PutRecord put ->
                        EntryRules.fault(put.wanted()).map(why -> new Router.Outcome.Refused("not sent: " + why));
                    case RouterChange.RemoveMapping remove -> Optional.empty();
                    case RouterChange.RemoveRecord remove -> Optional.empty();
                };
        return wanted.or(() -> oldFault(change).map(Router.Outcome.Stale::new))
                .or(() -> unknownPart(change).map(what -> new Router.Outcome.Refused("not sent: " + what)));
    }

    private Optional<Router.Outcome> wantedFault(Mapping wanted) {
        Optional<Router.Outcome> fault = EntryRules.fault(wanted, config.subnetOf(wanted))
                .map(why -> new Router.Outcome.Refused("not sent: " + why));
        if (fault.isEmpty() && config.subnetOf(wanted).isEmpty()) {
            return Optional.of(new Router.Outcome.Stale("the router has no subnet " + wanted.subnet()
                    + " in a shared-network-name " + wanted.sharedNetwork()));
        }
        return fault;
    }

    /** Whether something that is to go reads otherwise by now. */
    private Optional<String> oldFault(RouterChange change) {
        for (Mapping old : ChangedNodes.oldMappings(change)) {
            Optional<Mapping> now = config.mappingAt(Nodes.of(old));
            if (isAnother(old, now, ChangePlanner::wants)) {
                return Optional.of(old + " now reads: " + now.orElseThrow());
            }
        }
        for (DnsRecord old : ChangedNodes.oldRecords(change)) {
            if (old.kind() != DnsRecord.Kind.HOST_MAPPING) {
                return Optional.of("Berth does not remove dnsmasq options: " + old);
            }
            Optional<DnsRecord> now = config.hostMapping(old.name());
            if (isAnother(old, now, ChangePlanner::wants)) {
                return Optional.of(old + " now reads: " + now.orElseThrow());
            }
        }
        return Optional.empty();
    }

    /** A line of an entry that Berth could not put back if need be. No new plan would help, so a person is to know of it. */
    private Optional<String> unknownPart(RouterChange change) {
        return ChangedNodes.nodes(change).stream()
                .filter(node -> !isInPlace(change, node))
                .flatMap(node -> config.under(node).stream())
                .filter(line -> !LineGrammar.canSet(line.words()))
                .map(line -> "Berth does not know what this is and could not put it back: "
                        + RouterText.printable(line.text()))
                .findFirst();
    }

    private boolean isInPlace(RouterChange change, List<String> node) {
        return Nodes.isMapping(node)
                ? config.mappingAt(node).filter(now -> wants(change, now)).isPresent()
                : config.hostMapping(node.getLast())
                        .filter(now -> wants(change, now))
                        .isPresent();
    }

    /**
     * Whether the place of an old entry holds another by now. What a change of the same batch wants there is none: after
     * the commit it stands where the old one made way.
     */
    private <T> boolean isAnother(T old, Optional<T> now, BiPredicate<RouterChange, T> wants) {
        return now.filter(found -> !found.equals(old))
                .filter(found -> changes.values().stream().noneMatch(change -> wants.test(change, found)))
                .isPresent();
    }

    private static boolean wants(RouterChange change, Mapping found) {
        return change instanceof RouterChange.PutMapping put && EntryRules.same(put.wanted(), found);
    }

    private static boolean wants(RouterChange change, DnsRecord found) {
        return change instanceof RouterChange.PutRecord put && EntryRules.same(put.wanted(), found);
    }

    private Optional<ConfigEdit> edit(PlannedConfig board, List<String> node, Set<Integer> numbers) {
        List<ConfigLine> printed = config.under(node);
        if (Nodes.isMapping(node)) {
            Optional<Mapping> now = config.mappingAt(node);
            Optional<Mapping> wanted = board.mappingAt(node);
            boolean same = now.isPresent() == wanted.isPresent()
                    && (now.isEmpty() || EntryRules.same(now.get(), wanted.orElseThrow()));
            return same ? Optional.empty() : Optional.of(ConfigEdit.mapping(node, numbers, now, wanted, printed));
        }
        Optional<DnsRecord> now = config.hostMapping(node.getLast());
        Optional<DnsRecord> wanted = board.hostMapping(node.getLast());
        boolean same = now.isPresent() == wanted.isPresent()
                && (now.isEmpty() || EntryRules.same(now.get(), wanted.orElseThrow()));
        return same ? Optional.empty() : Optional.of(ConfigEdit.record(node, numbers, now, wanted, printed));
    }
}
