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
import java.util.stream.Stream;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.edgemax.config.Nodes;
import net.berth.edgemax.ssh.RouterText;
import net.berth.engine.port.Router.Outcome;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;

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

    /** The changes that are not settled. */
    private Map<Integer, Wish> open() {
        Map<Integer, Wish> open = new TreeMap<>(wishes);
        open.keySet().removeAll(settled.keySet());
        return open;
    }

    /** The entries as they will be; a change with an obstacle is settled, and the others are tried anew. */
    private PlannedConfig planned() {
        while (true) {
            PlannedConfig planned = new PlannedConfig(config);
            open().values().forEach(wish -> {
                wish.oldMappings().stream().filter(this::isThere).forEach(planned::take);
                wish.oldRecords().stream().filter(this::isThere).forEach(planned::take);
            });
            int before = settled.size();
            open().forEach((number, wish) ->
                    put(planned, wish).ifPresent(why -> settled.put(number, new Outcome.Stale(why))));
            if (settled.size() == before) {
                return planned;
            }
        }
    }

    private static Optional<String> put(PlannedConfig planned, Wish wish) {
        Optional<String> obstacle = Stream.concat(
                        wish.mappings().stream().flatMap(wanted -> planned.obstacle(wanted).stream()),
                        wish.records().stream().flatMap(wanted -> planned.obstacle(wanted).stream()))
                .findFirst();
        if (obstacle.isEmpty()) {
            wish.mappings().forEach(planned::put);
            wish.records().forEach(planned::put);
            if (wish.removes()) {
                wish.oldMappings().forEach(planned::take);
                wish.oldRecords().forEach(planned::take);
            }
        }
        return obstacle;
    }

    private boolean isThere(Mapping old) {
        return config.mappingAt(Nodes.of(old)).filter(old::equals).isPresent();
    }

    private boolean isThere(DnsRecord old) {
        return config.records().contains(old);
    }

    private Optional<Outcome> ownFault(Wish wish) {
        return Stream.concat(
                        wish.mappings().stream().flatMap(wanted -> wantedFault(wanted).stream()),
                        wish.records().stream()
                                .flatMap(wanted -> EntryRules.fault(wanted).map(ChangePlanner::refused).stream()))
                .findFirst()
                .or(() -> oldFault(wish).map(Outcome.Stale::new))
                .or(() -> unknownPart(wish).map(ChangePlanner::refused));
    }

    private static Outcome refused(String why) {
        return new Outcome.Refused("not sent: " + why);
    }

    private Optional<Outcome> wantedFault(Mapping wanted) {
        Optional<Outcome> fault =
                EntryRules.fault(wanted, config.subnetOf(wanted)).map(ChangePlanner::refused);
        if (fault.isEmpty() && config.subnetOf(wanted).isEmpty()) {
            return Optional.of(new Outcome.Stale("the router has no subnet " + wanted.subnet()
                    + " in a shared-network-name " + wanted.sharedNetwork()));
        }
        return fault.or(() -> config.mappingAt(Nodes.of(wanted))
                .filter(Mapping::disabled)
                .map(now -> new Outcome.Stale("somebody switched it off: " + now)));
    }

    /** Whether something that is to go reads otherwise by now. */
    private Optional<String> oldFault(Wish wish) {
        for (Mapping old : wish.oldMappings()) {
            Optional<Mapping> now = config.mappingAt(Nodes.of(old));
            if (isAnother(old, now, Wish::wants)) {
                return Optional.of(old + " now reads: " + now.orElseThrow());
            }
        }
        for (DnsRecord old : wish.oldRecords()) {
            if (old.kind() != DnsRecord.Kind.HOST_MAPPING) {
                return Optional.of("Berth does not remove dnsmasq options: " + old);
            }
            Optional<DnsRecord> now = config.hostMapping(old.name());
            if (isAnother(old, now, Wish::wants)) {
                return Optional.of(old + " now reads: " + now.orElseThrow());
            }
        }
        return Optional.empty();
    }

    /** A line of an entry that Berth could not restore if need be. No new plan would help, so a human is to know of it. */
    private Optional<String> unknownPart(Wish wish) {
        return wish.nodes().stream()
                .filter(node -> !isInPlace(wish, node))
                .flatMap(node -> config.under(node).stream())
                .filter(line -> !ConfigCommand.canSet(line.words()))
                .map(line -> "Berth does not know what this is and could not restore it: "
                        + RouterText.printable(line.text()))
                .findFirst();
    }

    private boolean isInPlace(Wish wish, List<String> node) {
        return Nodes.isMapping(node)
                ? config.mappingAt(node).filter(wish::wants).isPresent()
                : config.hostMapping(node.getLast()).filter(wish::wants).isPresent();
    }

    /**
     * Whether the place of an old entry holds another by now. What a change of the same batch wants there is none: after
     * the commit it has replaced the old one.
     */
    private <T> boolean isAnother(T old, Optional<T> now, BiPredicate<Wish, T> wants) {
        return now.filter(found -> !found.equals(old))
                .filter(found -> wishes.values().stream().noneMatch(wish -> wants.test(wish, found)))
                .isPresent();
    }

    private Optional<ConfigEdit> edit(PlannedConfig planned, List<String> node, Set<Integer> numbers) {
        List<ConfigLine> printed = config.under(node);
        if (Nodes.isMapping(node)) {
            Optional<Mapping> now = config.mappingAt(node);
            Optional<Mapping> wanted = planned.mappingAt(node);
            return same(now, wanted, EntryRules::same)
                    ? Optional.empty()
                    : Optional.of(ConfigEdit.mapping(node, numbers, now, wanted, printed, added(node, wanted)));
        }
        Optional<DnsRecord> now = config.hostMapping(node.getLast());
        Optional<DnsRecord> wanted = planned.hostMapping(node.getLast());
        return same(now, wanted, EntryRules::same)
                ? Optional.empty()
                : Optional.of(ConfigEdit.record(node, numbers, now, wanted, printed));
    }

    /** What an admin added to the mapping of an address goes along when the mapping gets another name. */
    private List<ConfigLine> added(List<String> node, Optional<Mapping> wanted) {
        return wanted.stream()
                .flatMap(mapping -> open().values().stream()
                        .filter(wish -> wish.wants(mapping))
                        .flatMap(wish -> wish.oldMappings().stream())
                        .filter(old -> old.addressText().equals(mapping.addressText())
                                && old.subnet().equals(mapping.subnet())
                                && !Nodes.of(old).equals(node))
                        .flatMap(old -> config.under(Nodes.of(old)).stream()))
                .toList();
    }

    private static <T> boolean same(Optional<T> now, Optional<T> wanted, BiPredicate<T, T> same) {
        return now.isPresent() == wanted.isPresent() && (now.isEmpty() || same.test(now.get(), wanted.orElseThrow()));
    }
}
