package net.berth.edgemax.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;

/**
 * What is done to one node of the config.
 *
 * @param node the node
 * @param changes the numbers of the changes that want it
 * @param deletes sent first
 * @param sets sent after all deletes
 * @param undo what makes the node as it was, in order, where nobody else has touched it
 */
record ConfigEdit(
        List<String> node,
        Set<Integer> changes,
        List<ConfigCommand> deletes,
        List<ConfigCommand> sets,
        List<ConfigCommand> undo) {

    /** Copies the collections. */
    ConfigEdit {
        node = List.copyOf(node);
        changes = Set.copyOf(changes);
        deletes = List.copyOf(deletes);
        sets = List.copyOf(sets);
        undo = List.copyOf(undo);
    }

    /** From one state of a mapping's node to another. */
    static ConfigEdit mapping(
            List<String> node,
            Set<Integer> changes,
            Optional<Mapping> now,
            Optional<Mapping> wanted,
            List<ConfigLine> printed) {
        if (now.isPresent() && wanted.isPresent()) {
            boolean whole = now.get().address().isPresent() && now.get().mac().isPresent();
            return whole ? inPlace(node, changes, now.get(), wanted.get()) : anew(node, changes, wanted.get(), printed);
        }
        if (wanted.isEmpty()) {
            return new ConfigEdit(node, changes, List.of(ConfigCommand.delete(node)), List.of(), again(printed));
        }
        return new ConfigEdit(
                node, changes, List.of(), leaves(node, wanted.get()), List.of(ConfigCommand.delete(node)));
    }

    // What else a person put below the node stays there.
    private static ConfigEdit inPlace(List<String> node, Set<Integer> changes, Mapping now, Mapping wanted) {
        List<ConfigCommand> deletes = new ArrayList<>();
        List<ConfigCommand> sets = new ArrayList<>();
        List<ConfigCommand> undo = new ArrayList<>();
        if (now.disabled() && !wanted.disabled()) {
            deletes.add(ConfigCommand.delete(node, "disable"));
            undo.add(ConfigCommand.set(node, "disable"));
        }
        if (!now.addressText().equals(wanted.addressText())) {
            sets.add(ConfigCommand.set(node, "ip-address", wanted.addressText()));
            undo.add(ConfigCommand.set(node, "ip-address", now.addressText()));
        }
        if (!now.macText().equalsIgnoreCase(wanted.macText())) {
            sets.add(ConfigCommand.set(node, "mac-address", wanted.macText()));
            undo.add(ConfigCommand.set(node, "mac-address", now.macText()));
        }
        return new ConfigEdit(node, changes, deletes, sets, undo);
    }

    private static ConfigEdit anew(List<String> node, Set<Integer> changes, Mapping wanted, List<ConfigLine> printed) {
        List<ConfigCommand> undo = new ArrayList<>(List.of(ConfigCommand.delete(node)));
        undo.addAll(again(printed));
        return new ConfigEdit(node, changes, List.of(ConfigCommand.delete(node)), leaves(node, wanted), undo);
    }

    private static List<ConfigCommand> leaves(List<String> node, Mapping wanted) {
        return List.of(
                ConfigCommand.set(node, "ip-address", wanted.addressText()),
                ConfigCommand.set(node, "mac-address", wanted.macText()));
    }

    /** From one state of a host mapping's node to another. Its values are many: only a new node has exactly the wanted. */
    static ConfigEdit record(
            List<String> node,
            Set<Integer> changes,
            Optional<DnsRecord> now,
            Optional<DnsRecord> wanted,
            List<ConfigLine> printed) {
        List<ConfigCommand> deletes = now.isPresent() ? List.of(ConfigCommand.delete(node)) : List.of();
        List<ConfigCommand> sets = new ArrayList<>();
        List<ConfigCommand> undo = new ArrayList<>();
        wanted.ifPresent(record -> {
            record.addresses().forEach(address -> sets.add(ConfigCommand.set(node, "inet", address)));
            record.aliases().forEach(alias -> sets.add(ConfigCommand.set(node, "alias", alias)));
            undo.add(ConfigCommand.delete(node));
        });
        undo.addAll(again(printed));
        return new ConfigEdit(node, changes, deletes, sets, undo);
    }

    private static List<ConfigCommand> again(List<ConfigLine> printed) {
        return printed.stream()
                .map(line -> new ConfigCommand(ConfigCommand.Verb.SET, line.words()))
                .toList();
    }
}
