package net.berth.edgemax.commit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.edgemax.config.Nodes;
import net.berth.edgemax.ssh.RouterText;
import net.berth.engine.port.Router.Outcome;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterEntry;

/**
 * Pure: (config as just read, changes) to lines. An entry is only deleted while it reads exactly as the change names it;
 * a wanted entry is only sent when nothing on the router clashes with it, in any network. Made again on the config after
 * the commit, the plan shows whether all is in place: then no line is left.
 */
final class ChangePlanner {
    private final ActiveConfig config;
    private final Map<Integer, Wish> wishes = new TreeMap<>();
    private final Map<Integer, Outcome> settled = new TreeMap<>();

    private ChangePlanner(ActiveConfig config, Map<Integer, RouterChange> changes) {
        this.config = config;
        changes.forEach((number, change) -> wishes.put(number, Wish.of(change)));
    }

    static ChangePlan plan(ActiveConfig config, Map<Integer, RouterChange> changes) {
        return new ChangePlanner(config, changes).plan();
    }

    private ChangePlan plan() {
        wishes.forEach((number, wish) -> ownFault(wish).ifPresent(outcome -> settled.put(number, outcome)));
        PlannedConfig planned = planned();
        Map<List<String>, Set<Integer>> nodes = new LinkedHashMap<>();
        open().forEach((number, wish) -> wish.nodes()
                .forEach(node ->
                        nodes.computeIfAbsent(node, n -> new LinkedHashSet<>()).add(number)));
        List<ConfigEdit> edits = new ArrayList<>();
        nodes.forEach((node, numbers) -> edit(planned, node, numbers).ifPresent(edits::add));
        return new ChangePlan(List.copyOf(edits), Map.copyOf(settled));
    }

    private Map<Integer, Wish> open() {
        Map<Integer, Wish> open = new TreeMap<>(wishes);
        open.keySet().removeAll(settled.keySet());
        return open;
    }

    /** The entries as they will be; a change with an obstacle is settled, and the others are tried anew. */
    private PlannedConfig planned() {
        while (true) {
            PlannedConfig planned = new PlannedConfig(config);
            open().values()
                    .forEach(wish -> wish.old().stream().filter(this::isThere).forEach(planned::take));
            int before = settled.size();
            open().forEach((number, wish) ->
                    put(planned, wish).ifPresent(why -> settled.put(number, new Outcome.Stale(why))));
            if (settled.size() == before) {
                return planned;
            }
        }
    }

    private static Optional<String> put(PlannedConfig planned, Wish wish) {
        Optional<String> obstacle = wish.wanted().stream()
                .flatMap(wanted -> planned.obstacle(wanted).stream())
                .findFirst();
        if (obstacle.isEmpty()) {
            wish.wanted().forEach(planned::put);
            if (wish.wanted().isEmpty()) {
                wish.old().forEach(planned::take);
            }
        }
        return obstacle;
    }

    private boolean isThere(RouterEntry old) {
        return config.entryAt(Nodes.of(old)).filter(old::equals).isPresent();
    }

    private Optional<Outcome> ownFault(Wish wish) {
        return wish.wanted().stream()
                .flatMap(wanted -> wantedFault(wanted).stream())
                .findFirst()
                .or(() -> oldFault(wish).map(Outcome.Stale::new))
                .or(() -> unknownPart(wish).map(ChangePlanner::refused));
    }

    private static Outcome refused(String why) {
        return new Outcome.Refused("not sent: " + why);
    }

    private Optional<Outcome> wantedFault(RouterEntry entry) {
        return switch (entry) {
            case DnsRecord record -> EntryRules.fault(record).map(ChangePlanner::refused);
            case Mapping mapping ->
                EntryRules.fault(mapping, config.subnetOf(mapping))
                        .map(ChangePlanner::refused)
                        .or(() -> placeFault(mapping).map(Outcome.Stale::new));
        };
    }

    private Optional<String> placeFault(Mapping wanted) {
        if (config.subnetOf(wanted).isEmpty()) {
            return Optional.of("the router has no subnet " + wanted.subnet() + " in a shared-network-name "
                    + wanted.sharedNetwork());
        }
        return config.entryAt(Nodes.of(wanted))
                .filter(now -> now instanceof Mapping mapping && mapping.disabled())
                .map(now -> "somebody switched it off: " + now);
    }

    /**
     * Whether something that is to go reads otherwise by now. What a change of the same batch wants there does not count:
     * after the commit it has replaced the old one.
     */
    private Optional<String> oldFault(Wish wish) {
        for (RouterEntry old : wish.old()) {
            if (old instanceof DnsRecord record && record.kind() != DnsRecord.Kind.HOST_MAPPING) {
                return Optional.of("Berth does not remove dnsmasq options: " + old);
            }
            Optional<RouterEntry> another = config.entryAt(Nodes.of(old))
                    .filter(now -> !now.equals(old))
                    .filter(now -> wishes.values().stream().noneMatch(each -> each.wants(now)));
            if (another.isPresent()) {
                return Optional.of(old + " now reads: " + another.get());
            }
        }
        return Optional.empty();
    }

    /** A line of an entry that Berth could not restore if need be. No new plan would help, so a human is to know of it. */
    private Optional<String> unknownPart(Wish wish) {
        return wish.nodes().stream()
                .filter(node -> config.entryAt(node).filter(wish::wants).isEmpty())
                .flatMap(node -> config.under(node).stream())
                .filter(line -> !ConfigCommand.canSet(line.words()))
                .map(line -> "Berth does not know what this is and could not restore it: "
                        + RouterText.printable(line.text()))
                .findFirst();
    }

    private Optional<ConfigEdit> edit(PlannedConfig planned, List<String> node, Set<Integer> numbers) {
        Optional<RouterEntry> now = config.entryAt(node);
        Optional<RouterEntry> wanted = planned.entryAt(node);
        boolean isDone = now.isPresent() == wanted.isPresent()
                && (now.isEmpty() || EntryRules.same(now.get(), wanted.orElseThrow()));
        return isDone
                ? Optional.empty()
                : Optional.of(ConfigEdit.of(node, numbers, now, wanted, config.under(node), added(node, wanted)));
    }

    /** What an admin added to the mapping of an address goes along when the mapping gets another name. */
    private List<ConfigLine> added(List<String> node, Optional<RouterEntry> wanted) {
        if (!(wanted.orElse(null) instanceof Mapping mapping)) {
            return List.of();
        }
        return open().values().stream()
                .filter(wish -> wish.wants(mapping))
                .flatMap(wish -> wish.old().stream())
                .filter(entry -> entry instanceof Mapping old
                        && old.addressText().equals(mapping.addressText())
                        && old.subnet().equals(mapping.subnet())
                        && !Nodes.of(old).equals(node))
                .flatMap(old -> config.under(Nodes.of(old)).stream())
                .toList();
    }
}
