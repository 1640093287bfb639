package net.berth.edgemax.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterEntry;

/**
 * What is done to one node of the config.
 *
 * @param changes the numbers of the changes that want it
 * @param deletes sent first; the sets are sent after all deletes
 * @param undo what restores the node, in order, where nothing but this edit has changed it
 */
record ConfigEdit(
        List<String> node,
        Set<Integer> changes,
        List<ConfigCommand> deletes,
        List<ConfigCommand> sets,
        List<ConfigCommand> undo) {

    private static final Set<String> OWN = Set.of("ip-address", "mac-address", "disable");

    /**
     * From one state of a node to another. What an admin added below a mapping stays there. The values of a host mapping are
     * many: only a new node has exactly the wanted.
     *
     * @param added lines of other mappings that this one replaces
     */
    static ConfigEdit of(
            List<String> node,
            Set<Integer> changes,
            Optional<RouterEntry> now,
            Optional<RouterEntry> wanted,
            List<ConfigLine> printed,
            List<ConfigLine> added) {
        if (wanted.orElse(null) instanceof Mapping mapping
                && now.orElse(null) instanceof Mapping old
                && old.address().isPresent()
                && old.mac().isPresent()) {
            return inPlace(node, changes, old, mapping);
        }
        List<ConfigCommand> sets =
                wanted.map(entry -> sets(node, entry, printed, added)).orElse(List.of());
        List<ConfigCommand> delete = List.of(ConfigCommand.delete(node));
        List<ConfigCommand> undo = new ArrayList<>(sets.isEmpty() ? List.of() : delete);
        printed.forEach(line -> undo.add(new ConfigCommand(ConfigCommand.Verb.SET, line.words())));
        return new ConfigEdit(node, changes, now.isPresent() ? delete : List.of(), sets, undo);
    }

    private static List<ConfigCommand> sets(
            List<String> node, RouterEntry wanted, List<ConfigLine> printed, List<ConfigLine> added) {
        List<ConfigCommand> sets = new ArrayList<>();
        switch (wanted) {
            case Mapping mapping -> {
                sets.add(ConfigCommand.set(node, "ip-address", mapping.addressText()));
                sets.add(ConfigCommand.set(node, "mac-address", mapping.macText()));
                Stream.concat(printed.stream(), added.stream())
                        .map(line ->
                                line.words().subList(node.size(), line.words().size()))
                        .filter(words -> !words.isEmpty() && !OWN.contains(words.getFirst()))
                        .map(words -> ConfigCommand.set(node, words.toArray(new String[0])))
                        .forEach(sets::add);
            }
            case DnsRecord record -> {
                record.addresses().forEach(address -> sets.add(ConfigCommand.set(node, "inet", address)));
                record.aliases().forEach(alias -> sets.add(ConfigCommand.set(node, "alias", alias)));
            }
        }
        return sets;
    }

    private static ConfigEdit inPlace(List<String> node, Set<Integer> changes, Mapping now, Mapping wanted) {
        List<ConfigCommand> sets = new ArrayList<>();
        List<ConfigCommand> undo = new ArrayList<>();
        if (!now.addressText().equals(wanted.addressText())) {
            sets.add(ConfigCommand.set(node, "ip-address", wanted.addressText()));
            undo.add(ConfigCommand.set(node, "ip-address", now.addressText()));
        }
        if (!now.macText().equalsIgnoreCase(wanted.macText())) {
            sets.add(ConfigCommand.set(node, "mac-address", wanted.macText()));
            undo.add(ConfigCommand.set(node, "mac-address", now.macText()));
        }
        return new ConfigEdit(node, changes, List.of(), sets, undo);
    }
}
