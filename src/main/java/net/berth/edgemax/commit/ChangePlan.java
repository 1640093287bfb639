package net.berth.edgemax.commit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.edgemax.config.Nodes;
import net.berth.engine.port.Router;
import net.berth.model.router.Mapping;

/** The lines that make a list of changes on one read of the config, and the outcomes, by number, of changes not sent. */
record ChangePlan(List<ConfigEdit> edits, Map<Integer, Router.Outcome> settled) {
    /** Everything that is sent, deletes first. */
    List<ConfigCommand> commands() {
        return Stream.concat(
                        edits.stream().flatMap(edit -> edit.deletes().stream()),
                        edits.stream().flatMap(edit -> edit.sets().stream()))
                .toList();
    }

    /** The changes that want this command. */
    Set<Integer> changesOf(ConfigCommand command) {
        return edits.stream()
                .filter(edit -> edit.deletes().contains(command) || edit.sets().contains(command))
                .findFirst()
                .map(ConfigEdit::changes)
                .orElse(Set.of());
    }

    /** The numbers of the changes that still need a line. */
    Set<Integer> wanting() {
        return edits.stream().flatMap(edit -> edit.changes().stream()).collect(Collectors.toSet());
    }

    /**
     * Lines of the first that the second does not have, outside of the nodes that are edited. The lines that Berth sends
     * name single entries, so what differs before and after its commit is an admin's commit of that moment.
     */
    List<String> foreign(ActiveConfig first, ActiveConfig second) {
        Set<String> lines = new LinkedHashSet<>();
        first.lines().stream().filter(line -> !touches(line)).forEach(line -> lines.add(line.text()));
        second.lines().forEach(line -> lines.remove(line.text()));
        return List.copyOf(lines);
    }

    /** Whether a line of the config is below a node that is edited, or is the empty parent of such a node. */
    private boolean touches(ConfigLine line) {
        return edits.stream()
                .map(ConfigEdit::node)
                .anyMatch(node -> line.under(node)
                        || (line.words().size() < node.size()
                                && node.subList(0, line.words().size()).equals(line.words())));
    }

    /** The commands that take its lines back. A node that an admin has edited at the same moment is left as it is. */
    List<ConfigCommand> undo(ActiveConfig before, ActiveConfig after) {
        return edits.stream()
                .filter(edit -> isAsSent(edit, before, after))
                .flatMap(edit -> undo(edit, before, after).stream())
                .toList();
    }

    private static boolean isAsSent(ConfigEdit edit, ActiveConfig before, ActiveConfig after) {
        List<List<String>> now =
                after.under(edit.node()).stream().map(ConfigLine::words).toList();
        List<List<String>> old =
                before.under(edit.node()).stream().map(ConfigLine::words).toList();
        return !now.equals(old)
                && edit.sets().stream().map(ConfigCommand::path).allMatch(now::contains)
                && (!edit.deletes().contains(ConfigCommand.delete(edit.node()))
                        || edit.sets().size() == now.size());
    }

    /** The router's DHCP server would not start with an old mapping beside an admin's new one with its address. */
    private List<ConfigCommand> undo(ConfigEdit edit, ActiveConfig before, ActiveConfig after) {
        boolean clashes = before.entryAt(edit.node()).orElse(null) instanceof Mapping old
                && after.mappings().stream()
                        .filter(now -> now.addressText().equals(old.addressText()))
                        .anyMatch(now ->
                                edits.stream().noneMatch(other -> other.node().equals(Nodes.of(now))));
        if (!clashes) {
            return edit.undo();
        }
        return after.under(edit.node()).isEmpty() ? List.of() : List.of(ConfigCommand.delete(edit.node()));
    }
}
