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
     * From one state of a mapping's node to another.
     *
     * @param added lines of other mappings that this one replaces
     */
    static ConfigEdit mapping(
            List<String> node,
            Set<Integer> changes,
            Optional<Mapping> now,
            Optional<Mapping> wanted,
            List<ConfigLine> printed,
            List<ConfigLine> added) {
        boolean inPlace = wanted.isPresent()
                && now.filter(old -> old.address().isPresent() && old.mac().isPresent())
                        .isPresent();
        if (inPlace) {
            return inPlace(node, changes, now.orElseThrow(), wanted.orElseThrow());
        }
        List<ConfigCommand> sets = new ArrayList<>();
        wanted.ifPresent(mapping -> {
            sets.add(ConfigCommand.set(node, "ip-address", mapping.addressText()));
            sets.add(ConfigCommand.set(node, "mac-address", mapping.macText()));
            Stream.concat(printed.stream(), added.stream())
                    .map(line -> line.words().subList(node.size(), line.words().size()))
                    .filter(words -> !words.isEmpty() && !OWN.contains(words.getFirst()))
                    .map(words -> ConfigCommand.set(node, words.toArray(new String[0])))
                    .forEach(sets::add);
        });
        return anew(node, changes, now.isPresent(), sets, printed);
    }

    /** What an admin added below the node stays there. */
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

    /** From one state of a host mapping's node to another. Its values are many: only a new node has exactly the wanted. */
    static ConfigEdit record(
            List<String> node,
            Set<Integer> changes,
            Optional<DnsRecord> now,
            Optional<DnsRecord> wanted,
            List<ConfigLine> printed) {
        List<ConfigCommand> sets = new ArrayList<>();
        wanted.ifPresent(record -> {
            record.addresses().forEach(address -> sets.add(ConfigCommand.set(node, "inet", address)));
            record.aliases().forEach(alias -> sets.add(ConfigCommand.set(node, "alias", alias)));
        });
        return anew(node, changes, now.isPresent(), sets, printed);
    }

    private static ConfigEdit anew(
            List<String> node,
            Set<Integer> changes,
            boolean exists,
            List<ConfigCommand> sets,
            List<ConfigLine> printed) {
        List<ConfigCommand> delete = List.of(ConfigCommand.delete(node));
        List<ConfigCommand> undo = new ArrayList<>(sets.isEmpty() ? List.of() : delete);
        printed.forEach(line -> undo.add(new ConfigCommand(ConfigCommand.Verb.SET, line.words())));
        return new ConfigEdit(node, changes, exists ? delete : List.of(), sets, undo);
    }
}
